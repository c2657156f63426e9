// A schema as a tree that can be read: a row for each property, parts within parts folded away.
// A part is made when it is unfolded, so a schema that holds itself has an end.

const OPEN_DEPTH = 1;

function marks(schema, isRequired) {
  const said = [
    isRequired && ["required", "mark required"],
    schema.readOnly === true && ["read only", "mark"],
    schema.writeOnly === true && ["write only", "mark"],
    schema.deprecated === true && ["deprecated", "mark caution"],
  ];
  return said.filter(Boolean).map(([word, kind]) => element("span", { class: kind }, word));
}

function valuesLine(label, values) {
  if (!values.length) return null;
  const codes = values.map((value) => element("code", { class: "value" }, jsonText(value)));
  return element("p", { class: "values" }, `${label} `, separated(codes, " "));
}

function examplesOf(schema) {
  const given = schema.example === undefined ? list(schema.examples) : [schema.example];
  return given.filter((value) => value === null || typeof value !== "object");
}

// What is said of a schema itself: description, rules, the values it may have.
function facts(schema, fault) {
  if (!isObject(schema)) return [];
  const rules = rulesOf(schema);
  return [
    fault && element("p", { class: "caution" }, fault),
    rules.length > 0 && element("p", { class: "rules" }, rules.join(" \u00b7 ")),
    prose(schema.description),
    valuesLine("One of", list(schema.enum)),
    valuesLine("For example", examplesOf(schema)),
  ];
}

// One line of a tree: a name, its type, what is said of it, and what is in it.
function schemaRow(api, name, schema, { isRequired, trail, depth }) {
  const { value, names, fault } = merged(api, schema);
  const said = isObject(value) ? value : {};
  const head = element(
    "p",
    { class: "row" },
    name !== "" && [element("code", { class: "name" }, name), " "],
    element("span", { class: "type" }, typeOf(schema)),
    " ",
    separated(marks(said, isRequired), " "),
  );
  return element(
    "li",
    {},
    head,
    facts(said, fault),
    inside(api, schema, {
      trail: trail.concat(names),
      depth,
      isRecursive: names.some((each) => trail.includes(each)),
    }),
  );
}

// What is in a schema: at the outermost at once, further in behind a line that says what it is.
function inside(api, schema, { trail, depth, isRecursive }) {
  const { value } = merged(api, schema);
  if (!hasParts(api, value)) return null;
  const make = () => partsOf(api, value, trail, depth + 1);
  return depth === 0
    ? make()
    : folded(
        isRecursive ? "The same again" : partsLabel(value),
        make,
        depth < OPEN_DEPTH && !isRecursive,
      );
}

function partsLabel(schema) {
  const names = entries(schema.properties).map(([name]) => name);
  if (names.length)
    return names.length > 4
      ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`
      : names.join(", ");
  if (schema.items || schema.prefixItems) return "items";
  return schema.additionalProperties || schema.patternProperties ? "values" : "alternatives";
}

function hasParts(api, schema, depth = 0) {
  if (!isObject(schema)) return false;
  const keys = [
    "properties",
    "patternProperties",
    "prefixItems",
    "oneOf",
    "anyOf",
    "allOf",
    "not",
    "if",
  ];
  if (keys.some((key) => typeof schema[key] === "object" && schema[key] !== null)) return true;
  const inner = [schema.items, schema.additionalProperties].filter(isObject);
  return (
    depth < 8 &&
    inner.some((each) => {
      const { value } = merged(api, each);
      return hasParts(api, value, depth + 1) || facts(value).some(Boolean);
    })
  );
}

function choice(discriminator, place, reference) {
  const mapping = entries(own(discriminator, "mapping"));
  const name = referenceName(reference);
  const keys = mapping.filter(([, target]) => target === reference || target === name);
  if (!discriminator || !reference) return `${place + 1}`;
  const value = keys.length ? keys.map(([key]) => key).join(", ") : name;
  return `${words(discriminator.propertyName)}: ${value}`;
}

function alternatives(api, schema, key, title, trail, depth) {
  const parts = list(schema[key]);
  if (!parts.length) return null;
  const lead = own(schema.discriminator, "propertyName");
  const told = lead && key !== "allOf" ? `${title}, told apart by ${words(lead)}` : title;
  const rows = parts.map((part, place) =>
    schemaRow(
      api,
      key === "allOf" ? "" : choice(schema.discriminator, place, own(part, "$ref")),
      part,
      { trail, depth },
    ),
  );
  return [element("p", { class: "kind" }, told), element("ul", { class: "tree" }, rows)];
}

function propertyRows(api, schema, trail, depth) {
  const required = list(schema.required);
  const row = ([name, each]) =>
    schemaRow(api, name, each, { isRequired: required.includes(name), trail, depth });
  const pattern = ([name, each]) => schemaRow(api, `any name like ${name}`, each, { trail, depth });
  const others = isObject(schema.additionalProperties)
    ? [schemaRow(api, "any other name", schema.additionalProperties, { trail, depth })]
    : [];
  const missing = required
    .filter((name) => own(schema.properties, name) === undefined)
    .map((name) => row([words(name), true]));
  return [
    ...entries(schema.properties).map(row),
    ...missing,
    ...entries(schema.patternProperties).map(pattern),
    ...others,
  ];
}

function itemRows(api, schema, trail, depth) {
  const first = list(schema.prefixItems).map((each, place) =>
    schemaRow(api, `item ${place + 1}`, each, { trail, depth }),
  );
  const each = isObject(schema.items)
    ? [
        schemaRow(api, first.length ? "each further item" : "each item", schema.items, {
          trail,
          depth,
        }),
      ]
    : [];
  return [...first, ...each];
}

function partsOf(api, schema, trail, depth) {
  const single = (key, title) =>
    own(schema, key) !== undefined && [
      element("p", { class: "kind" }, title),
      element("ul", { class: "tree" }, schemaRow(api, "", schema[key], { trail, depth })),
    ];
  const rows = [...propertyRows(api, schema, trail, depth), ...itemRows(api, schema, trail, depth)];
  return [
    rows.length > 0 && element("ul", { class: "tree" }, rows),
    alternatives(api, schema, "oneOf", "Exactly one of these", trail, depth),
    alternatives(api, schema, "anyOf", "Any of these", trail, depth),
    alternatives(api, schema, "allOf", "And all of these", trail, depth),
    single("not", "But not"),
    single("if", "If"),
    single("then", "Then"),
    single("else", "Otherwise"),
  ];
}

// A whole schema: its type, and all that is in it.
function schemaTree(api, schema) {
  return element(
    "ul",
    { class: "tree outermost" },
    schemaRow(api, "", schema, { trail: [], depth: 0 }),
  );
}
