// One field of a form: a label, a control that suits the schema, and the value it holds.

const isBinary = (schema) =>
  own(schema, "format") === "binary" ||
  (own(schema, "contentMediaType") !== undefined && own(schema, "contentEncoding") === undefined);
const hasType = (schema, type) =>
  own(schema, "type") === type || list(own(schema, "type")).includes(type);
const isPlain = (schema) =>
  !hasType(schema, "object") &&
  !hasType(schema, "array") &&
  !["properties", "items", "oneOf", "anyOf"].some((key) => own(schema, key));

// What a field holds: file, files, choice, lines, json, text.
function fieldKind(api, schema) {
  const items = hasType(schema, "array") ? merged(api, schema.items).value : undefined;
  if (isBinary(schema)) return "file";
  if (items && isBinary(items)) return "files";
  if (items && isPlain(items)) return "lines";
  if (list(own(schema, "enum")).length || hasType(schema, "boolean")) return "choice";
  return isPlain(schema) || Object.keys(schema).length === 0 ? "text" : "json";
}

function choiceControl(schema, start, attributes) {
  const values = list(schema.enum).length ? schema.enum : [true, false];
  const options = values.map((value) =>
    element("option", { value: words(value), selected: words(value) === start }, words(value)),
  );
  return element(
    "select",
    attributes,
    element("option", { value: "" }, "\u2013 none \u2013"),
    options,
  );
}

// A text box as high as its text.
function textBox(text, attributes) {
  const rows = Math.min(Math.max(text.split("\n").length, 2), 18);
  const made = element("textarea", { rows, spellcheck: "false", ...attributes });
  made.value = text;
  return made;
}

function controlOf(kind, schema, start, attributes) {
  const usual = own(schema, "default") === undefined ? undefined : words(schema.default);
  switch (kind) {
    case "file":
      return element("input", { type: "file", ...attributes });
    case "files":
      return element("input", { type: "file", multiple: true, ...attributes });
    case "choice":
      return choiceControl(schema, words(start), attributes);
    case "lines":
      return textBox(list(start).map(words).join("\n"), attributes);
    case "json":
      return textBox(start === undefined ? "" : jsonText(start, 2), {
        class: "code",
        ...attributes,
      });
    default:
      return element("input", {
        type: "text",
        value: words(start),
        placeholder: usual,
        autocomplete: "off",
        spellcheck: "false",
        inputmode: hasType(schema, "integer") ? "numeric" : undefined,
        ...attributes,
      });
  }
}

function fieldValue(kind, name, control) {
  if (kind === "file" || kind === "files") {
    const files = [...control.files];
    return files.length ? files : undefined;
  }
  if (control.value === "") return undefined;
  if (kind === "lines") return control.value.split("\n").filter((line) => line !== "");
  if (kind !== "json") return control.value;
  try {
    return JSON.parse(control.value);
  } catch (error) {
    throw new Error(`${name} is not JSON: ${error.message}`);
  }
}

const HINTS = { lines: "One value a line.", json: "As JSON.", files: "One file or several." };

// { row, name, read }: `read` gives a text, a list, an object, files, or undefined for "leave out".
function fieldOf(api, { id, name, schema, isRequired, start, note, isRaw }) {
  const whole = merged(api, schema).value;
  const shape = isObject(whole) ? whole : {};
  const kind = isRaw ? "text" : fieldKind(api, shape);
  const hint = [HINTS[kind], note].filter(Boolean).join(" ");
  const control = controlOf(kind, shape, start, {
    id,
    name,
    "aria-required": isRequired ? "true" : undefined,
    "aria-describedby": hint ? `${id}-hint` : undefined,
  });
  const label = element(
    "label",
    { for: id },
    element("code", { class: "name" }, name),
    " ",
    element("span", { class: "type" }, isRequired ? "required" : "optional"),
  );
  const row = element(
    "div",
    { class: "field" },
    label,
    control,
    hint && element("p", { class: "hint", id: `${id}-hint` }, hint),
  );
  return { row, name, read: () => fieldValue(kind, name, control) };
}
