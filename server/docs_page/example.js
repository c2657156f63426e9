// An example of a schema, to start a request from. What the document gives is taken first.

const EXAMPLE_DEPTH = 8;
const EXAMPLE_PARTS = 400; // a few schemas that name each other twice make millions

const FORMATS = {
  "date-time": "2026-01-31T09:30:00Z",
  date: "2026-01-31",
  time: "09:30:00Z",
  duration: "PT1H",
  email: "someone@example.com",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  uri: "https://example.com/",
  "uri-reference": "/example",
  byte: "ZXhhbXBsZQ==",
  uuid: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  binary: "",
  password: "secret",
};

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

function exampleNumber(schema, isWhole) {
  const step =
    isNumber(schema.multipleOf) && schema.multipleOf > 0 ? schema.multipleOf : isWhole ? 1 : 0;
  let value = 0;
  if (isNumber(schema.exclusiveMinimum)) value = schema.exclusiveMinimum + (step || 0.5);
  else if (isNumber(schema.minimum))
    value = schema.minimum + (schema.exclusiveMinimum === true ? step || 0.5 : 0);
  else if (isNumber(schema.maximum) && schema.maximum < 0) value = schema.maximum;
  else if (isNumber(schema.exclusiveMaximum) && schema.exclusiveMaximum <= 0)
    value = schema.exclusiveMaximum - (step || 0.5);
  return step ? Math.ceil(value / step) * step : value;
}

function exampleString(schema) {
  const text = own(FORMATS, schema.format) || "string";
  const least = isNumber(schema.minLength) ? Math.min(schema.minLength, 200) : 0;
  const most = isNumber(schema.maxLength) ? schema.maxLength : Infinity;
  return text.padEnd(least, "string").slice(0, most);
}

function exampleArray(api, schema, context) {
  const first = list(schema.prefixItems).map((each) => exampleIn(api, each, context));
  if (!isObject(schema.items) || schema.maxItems === 0) return first;
  const count = Math.min(Math.max(isNumber(schema.minItems) ? schema.minItems : 1, 1), 10);
  while (first.length < count) {
    const item = exampleIn(api, schema.items, context);
    if (item === undefined) break;
    first.push(item);
  }
  return first;
}

// fromEntries, because a property may be called __proto__.
function exampleObject(api, schema, context) {
  const made = [];
  for (const [name, each] of entries(schema.properties)) {
    const { value } = resolve(api, each);
    if (own(value, "readOnly") === true) continue;
    const example = exampleIn(api, each, context);
    if (example !== undefined) made.push([name, example]);
  }
  if (!made.length && isObject(schema.additionalProperties)) {
    const example = exampleIn(api, schema.additionalProperties, context);
    if (example !== undefined) made.push(["name", example]);
  }
  return Object.fromEntries(made);
}

function given(schema) {
  if (schema.example !== undefined) return schema.example;
  for (const key of ["examples", "enum"]) {
    if (list(schema[key]).length && schema.default === undefined) return schema[key][0];
  }
  return schema.default !== undefined ? schema.default : schema.const;
}

// The first alternative, with the property by which it is told apart.
function exampleChoice(api, schema, context) {
  const parts = list(schema.oneOf).length ? schema.oneOf : schema.anyOf;
  const reference = own(parts[0], "$ref");
  const example = exampleIn(api, parts[0], context);
  const { oneOf, anyOf, ...rest } = schema;
  const others = rest.properties ? exampleObject(api, rest, context) : {};
  if (!isObject(example)) return example;
  const property = own(schema.discriminator, "propertyName");
  const [key] =
    entries(own(schema.discriminator, "mapping")).find(
      ([, target]) => target === reference || target === referenceName(reference),
    ) || [];
  const told = property && reference ? [[words(property), key || referenceName(reference)]] : [];
  return { ...others, ...example, ...Object.fromEntries(told) };
}

function exampleOfType(api, type, schema, context) {
  switch (type) {
    case "object":
      return exampleObject(api, schema, context);
    case "array":
      return exampleArray(api, schema, context);
    case "integer":
      return exampleNumber(schema, true);
    case "number":
      return exampleNumber(schema, false);
    case "boolean":
      return true;
    case "null":
      return null;
    case "string":
      return exampleString(schema);
    default:
      return {};
  }
}

function exampleIn(api, node, { trail, depth, budget }) {
  budget.left -= 1;
  if (depth > EXAMPLE_DEPTH || budget.left < 0 || node === false) return undefined;
  const { value: schema, names } = merged(api, node);
  if (names.some((name) => trail.includes(name))) return undefined;
  if (!isObject(schema)) return {};
  const context = { trail: trail.concat(names), depth: depth + 1, budget };
  const taken = given(schema);
  if (taken !== undefined) return taken;
  if (list(schema.oneOf).length || list(schema.anyOf).length)
    return exampleChoice(api, schema, context);
  const chosen = list(schema.allOf)
    .map((part) => exampleIn(api, part, context))
    .filter(isObject);
  const type =
    list(schema.type).find((each) => each !== "null") || list(schema.type)[0] || schema.type;
  const example = exampleOfType(api, type || impliedType(schema), schema, context);
  return isObject(example) ? Object.assign(example, ...chosen) : example;
}

const exampleOf = (api, schema) =>
  exampleIn(api, schema, { trail: [], depth: 0, budget: { left: EXAMPLE_PARTS } });

// [{ name, value }]: those of a media type, or one made of its schema.
function mediaExamples(api, media) {
  if (own(media, "example") !== undefined) return [{ name: "Example", value: media.example }];
  const written = entries(own(media, "examples"))
    .map(([name, node]) => {
      const example = resolvedObject(api, node);
      return { name: words(example.summary) || name, value: example.value };
    })
    .filter(({ value }) => value !== undefined);
  const made = exampleOf(api, own(media, "schema"));
  return written.length || made === undefined ? written : [{ name: "Example", value: made }];
}

const exampleText = (value, mediaType) =>
  typeof value === "string" && !isJson(mediaType) ? value : jsonText(value, 2);

const isJson = (mediaType) => /^[^;]*[/+]json\b/i.test(mediaType);
