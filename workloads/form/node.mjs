// The form workload on node:http: URLSearchParams, then each field converted by its type.
import { bodyOf, json } from "../../baselines/node/router.mjs";
import { converted, types } from "../../baselines/node/values.mjs";

const { text, int, float, bool } = types;

const shapes = {
  simple: { name: text, email: text, age: int, subscribe: bool },
  complex: {
    first_name: text,
    last_name: text,
    email: text,
    phone: text,
    street: text,
    city: text,
    state: text,
    postcode: text,
    country: text,
    age: int,
    children: int,
    height: float,
    weight: float,
    subscribe: bool,
    terms: bool,
    newsletter: bool,
    language: text,
    comment: text,
  },
};

export function routes(app) {
  for (const name in shapes) {
    app.post(`/form/${name}`, async (request, reply) => {
      const body = (await bodyOf(request)).toString();
      json(reply, converted(shapes[name], new URLSearchParams(body)));
    });
  }
}
