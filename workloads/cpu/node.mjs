// The cpu workload on node:http: the loop in the handler.
import { json } from "../../baselines/node/router.mjs";

export function routes(app) {
  app.get("/cpu", (_, reply) => {
    let total = 0;
    for (let i = 0; i < 100000; i++) total += i * i;
    json(reply, { result: total, iterations: 100000 });
  });
}
