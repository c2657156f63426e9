// The texts of a query or a form, converted by type; what is missing or does not fit is a Refusal.
import { Refusal } from "./router.mjs";

function number(name, text, fits) {
  const value = Number(text);
  if (text.trim() === "" || !fits(value)) throw new Refusal(`${name} is not a number of its kind`);
  return value;
}

export const types = {
  text: (_, value) => value,
  int: (name, value) => number(name, value, Number.isSafeInteger),
  float: (name, value) => number(name, value, Number.isFinite),
  bool(name, value) {
    if (value !== "true" && value !== "false") throw new Refusal(`${name} is not true or false`);
    return value === "true";
  },
};

// `shape`: {name: types.X} in the order of the reply; `texts`: URLSearchParams.
export function converted(shape, texts) {
  const values = {};
  for (const name in shape) {
    const text = texts.get(name);
    if (text === null) throw new Refusal(`${name} is missing`);
    values[name] = shape[name](name, text);
  }
  return values;
}
