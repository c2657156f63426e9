// The query workload on node:http: URLSearchParams, then each value converted by its type.
import { json } from "../../baselines/node/router.mjs";
import { converted, types } from "../../baselines/node/values.mjs";

const { text, int, float, bool } = types;

const few = { q: text, page: int, limit: int };
const shapes = {
  few,
  medium: {
    ...few,
    sort: text,
    descending: bool,
    min_price: float,
    max_price: float,
    in_stock: bool,
  },
  many: {
    ...{ text1: text, text2: text, text3: text, text4: text },
    ...{ number1: int, number2: int, number3: int, number4: int },
    ...{ ratio1: float, ratio2: float, ratio3: float, ratio4: float },
    ...{ flag1: bool, flag2: bool, flag3: bool, flag4: bool },
  },
};

export function routes(app) {
  for (const name in shapes) {
    app.get(`/query/${name}`, (request, reply) => {
      const query = new URLSearchParams(request.url.slice(request.url.indexOf("?") + 1));
      json(reply, converted(shapes[name], query));
    });
  }
}
