// A schema in words: its type, and its rules. Pure but for the links to named schemas.

const COMPONENT = /^#\/components\/schemas\/([^/]+)$/;

const separated = (parts, separator) =>
  parts.flatMap((part, place) => (place ? [separator, part] : [part]));

function referenceName(reference) {
  const last = words(reference).split("/").pop() || "";
  return last.replace(/~1/g, "/").replace(/~0/g, "~");
}

function named(reference) {
  const name = referenceName(reference);
  const address = `#${encodeURIComponent(idOf("schema", name))}`;
  return COMPONENT.test(reference) ? element("a", { href: address }, name) : name;
}

function oneType(type, schema, depth) {
  if (type === "array" && isObject(schema.items))
    return ["array of ", typeOf(schema.items, depth + 1)];
  if (type === "object" && !isObject(schema.properties) && isObject(schema.additionalProperties)) {
    return ["map of ", typeOf(schema.additionalProperties, depth + 1)];
  }
  const format = schema.format || schema.contentMediaType;
  return format && type !== "null" ? `${words(type)} (${words(format)})` : words(type);
}

function impliedType(schema) {
  if (schema.properties || schema.additionalProperties) return "object";
  if (schema.items || schema.prefixItems) return "array";
  if (schema.const !== undefined) return jsonText(schema.const);
  return Array.isArray(schema.enum) ? "one of these" : "";
}

function typeOf(schema, depth = 0) {
  if (schema === false) return "nothing";
  if (!isObject(schema)) return "anything";
  if (depth > 5) return "\u2026";
  if (schema.$ref) return named(schema.$ref);
  for (const [key, word] of [
    ["oneOf", " or "],
    ["anyOf", " or "],
    ["allOf", " and "],
  ]) {
    const parts = list(schema[key]);
    if (parts.length && !schema.type) {
      return separated(
        parts.map((part) => typeOf(part, depth + 1)),
        word,
      );
    }
  }
  const types = Array.isArray(schema.type) ? schema.type : [schema.type || impliedType(schema)];
  const written = types.filter(Boolean).map((type) => oneType(type, schema, depth));
  if (schema.nullable === true) written.push("null");
  return written.length ? separated(written, " or ") : "anything";
}

function span(low, high, noun) {
  const unit = (count) => (count === 1 ? noun.replace(/ies$/, "y").replace(/s$/, "") : noun);
  if (low === undefined && high === undefined) return "";
  if (low === undefined) return `at most ${high} ${unit(high)}`;
  if (high === undefined) return low === 0 ? "" : `at least ${low} ${unit(low)}`;
  return low === high ? `exactly ${low} ${unit(low)}` : `${low} to ${high} ${unit(high)}`;
}

// OpenAPI 3.0 says `exclusiveMinimum: true` beside a minimum, 3.1 gives the number itself.
function bound(limit, exclusive, { open, closed }) {
  if (typeof exclusive === "number") return `${open} ${exclusive}`;
  if (limit === undefined) return "";
  return `${exclusive === true ? open : closed} ${limit}`;
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }) {
  if (isNumber(minimum) && isNumber(maximum) && !exclusiveMinimum && !exclusiveMaximum) {
    return [`${minimum} to ${maximum}`];
  }
  return [
    bound(minimum, exclusiveMinimum, { open: "more than", closed: "at least" }),
    bound(maximum, exclusiveMaximum, { open: "less than", closed: "at most" }),
  ];
}

function rulesOf(schema) {
  if (!isObject(schema)) return [];
  return [
    span(schema.minLength, schema.maxLength, "characters"),
    span(schema.minItems, schema.maxItems, "items"),
    span(schema.minProperties, schema.maxProperties, "properties"),
    ...range(schema),
    schema.multipleOf !== undefined && `a multiple of ${schema.multipleOf}`,
    schema.uniqueItems === true && "no two items alike",
    schema.pattern !== undefined && `matches ${words(schema.pattern)}`,
    schema.additionalProperties === false && "no other properties",
    schema.items === false && "no other items",
    schema.contentEncoding && `encoded as ${words(schema.contentEncoding)}`,
    schema.const !== undefined && `always ${jsonText(schema.const)}`,
    schema.default !== undefined && `default ${jsonText(schema.default)}`,
  ].filter(Boolean);
}

// A schema with its references followed and its `allOf` parts put together, where they only add
// properties and rules; a part that offers a choice stays a part.
function merged(api, schema, passed = []) {
  const { value, names, fault } = resolve(api, schema);
  if (!isObject(value)) return { value, names, fault };
  const apart = [];
  const { allOf, ...rest } = value;
  let whole = rest;
  for (const part of list(allOf)) {
    if (names.concat(passed).includes(own(part, "$ref"))) continue;
    const { value: inner } = merged(api, part, passed.concat(names));
    if (!isObject(inner) || inner.oneOf || inner.anyOf || inner.not || inner.if) apart.push(part);
    else whole = joined(inner, whole);
  }
  return { value: apart.length ? { ...whole, allOf: apart } : whole, names, fault };
}

function joined(first, second) {
  const both = { ...first, ...second };
  if (first.properties || second.properties) {
    both.properties = { ...first.properties, ...second.properties };
  }
  const required = [...list(first.required), ...list(second.required)];
  if (required.length) both.required = [...new Set(required)];
  return both;
}
