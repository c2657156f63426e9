// The echo workload on node:http: each body is parsed and built anew from what its type has, by
// hand. A shape is a function that returns the checked value or refuses it.
import { json, jsonOf, Refusal } from "../../baselines/node/router.mjs";

function text(value, where) {
  if (typeof value !== "string") throw new Refusal(`${where} is not a text`);
  return value;
}

function number(value, where) {
  if (typeof value !== "number") throw new Refusal(`${where} is not a number`);
  return value;
}

const optional = (shape) => (value, where) =>
  value === undefined || value === null ? null : shape(value, where);

const list = (shape) => (value, where) => {
  if (!Array.isArray(value)) throw new Refusal(`${where} is not a list`);
  return value.map((part) => shape(part, where));
};

const object = (fields) => (value, where) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal(`${where} is not an object`);
  }
  const checked = {};
  for (const name in fields) checked[name] = fields[name](value[name], name);
  return checked;
};

const image = object({ url: text, name: text });
const country = object({ name: text, code: text });
const seller = object({ name: text, address: object({ street: text, city: text, country }) });
const product = object({ name: text, description: text, price: number });

const shapes = {
  small: object({ name: text, description: text, price: number, tax: optional(number) }),
  medium: object({ name: text, price: number, image }),
  large: object({ name: text, price: number, seller }),
  "very-large": object({ name: text, tags: list(text), images: list(image) }),
  "medium-declared": object({
    name: text,
    description: text,
    price: number,
    seller: object({ name: text, email: optional(text) }),
  }),
  "very-large-declared": object({
    name: text,
    description: text,
    price: number,
    tags: list(object({ name: text })),
  }),
  catalogue: object({ name: text, items: list(product) }),
};

export function routes(app) {
  for (const name in shapes) {
    app.post(`/echo/${name}`, async (request, reply) => {
      json(reply, shapes[name](await jsonOf(request), "the document"));
    });
  }
}
