// The body of a request as the reader edits it: text, a form of fields, or a file.
// A body is { kind: "text", mediaType, text }, { kind: "form", pairs },
// { kind: "multipart", parts: [{ name, text or file, mediaType }] } or { kind: "file", file }.

const isTextual = (mediaType) =>
  isJson(mediaType) || /^text\/|[/+](xml|yaml|javascript|graphql|x-ndjson)\b/i.test(mediaType);

function bodyKind(mediaType) {
  if (/^application\/x-www-form-urlencoded/i.test(mediaType)) return "form";
  if (/^multipart\//i.test(mediaType)) return "multipart";
  return isTextual(mediaType) ? "text" : "file";
}

function formFields(api, id, media) {
  const { value } = merged(api, own(media, "schema"));
  const required = list(own(value, "required"));
  const [example] = mediaExamples(api, media);
  return entries(own(value, "properties")).map(([name, schema], place) =>
    fieldOf(api, {
      id: `${id}-${place}`,
      name,
      schema,
      isRequired: required.includes(name),
      start: required.includes(name) ? own(own(example, "value"), name) : undefined,
    }),
  );
}

function formPairs(fields, media) {
  return fields.flatMap((field) => {
    const value = field.read();
    const encoding = own(own(media, "encoding"), field.name) || {};
    if (value === undefined) return [];
    if (isObject(value)) return [[field.name, jsonText(value)]];
    return queryPairs({ ...encoding, name: field.name, in: "query" }, value, words);
  });
}

function multipartParts(fields, media) {
  return fields.flatMap((field) => {
    const value = field.read();
    const mediaType = words(own(own(own(media, "encoding"), field.name), "contentType")).split(
      ",",
    )[0];
    const name = field.name;
    if (value === undefined) return [];
    if (isObject(value))
      return [{ name, text: jsonText(value), mediaType: mediaType || "application/json" }];
    return [value]
      .flat()
      .map((each) =>
        each instanceof File
          ? { name, file: each, mediaType }
          : { name, text: words(each), mediaType },
      );
  });
}

function formEditor(api, id, mediaType, media) {
  const fields = formFields(api, id, media);
  const kind = bodyKind(mediaType);
  return {
    rows: fields.map((field) => field.row),
    read: () =>
      kind === "form"
        ? { kind, pairs: formPairs(fields, media) }
        : { kind, parts: multipartParts(fields, media) },
  };
}

function fileEditor(id, mediaType) {
  const control = element("input", { type: "file", id });
  const read = () =>
    control.files.length ? { kind: "file", file: control.files[0], mediaType } : null;
  return {
    rows: [element("div", { class: "field" }, element("label", { for: id }, "File"), control)],
    read,
  };
}

function exampleChooser(id, examples, mediaType, box) {
  if (examples.length < 2) return null;
  const chooser = element(
    "select",
    { id: `${id}-example` },
    examples.map(({ name }, place) => element("option", { value: String(place) }, name)),
  );
  chooser.addEventListener("change", () => {
    box.value = exampleText(examples[Number(chooser.value)].value, mediaType);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return element(
    "div",
    { class: "field" },
    element("label", { for: `${id}-example` }, "Start from"),
    chooser,
  );
}

function textEditor(api, id, mediaType, media) {
  const examples = mediaExamples(api, media);
  const start = examples.length ? exampleText(examples[0].value, mediaType) : "";
  const box = textBox(start, { id, class: "code" });
  const row = element(
    "div",
    { class: "field" },
    element("label", { for: id }, "Body"),
    box,
    element("p", { class: "hint" }, "Sent as written; left empty, no body is sent."),
  );
  const read = () => (box.value === "" ? null : { kind: "text", mediaType, text: box.value });
  return { rows: [exampleChooser(id, examples, mediaType, box), row], read };
}

function editorOf(api, id, mediaType, media) {
  switch (bodyKind(mediaType)) {
    case "form":
    case "multipart":
      return formEditor(api, id, mediaType, media);
    case "text":
      return textEditor(api, id, mediaType, media);
    default:
      return fileEditor(id, mediaType);
  }
}

// { whole, read } for an operation; the reader chooses where there are several media types.
function bodyEditor(api, entry) {
  const types = entries(own(resolvedObject(api, entry.operation.requestBody), "content"));
  if (!types.length) return { whole: null, read: () => null };
  const place = element("div", {});
  let editor;
  const edit = (index) => {
    const [mediaType, media] = types[index];
    editor = editorOf(api, `${entry.id}-body-${index}`, mediaType, isObject(media) ? media : {});
    place.replaceChildren(...editor.rows.filter(Boolean));
  };
  edit(0);
  const id = `${entry.id}-media-type`;
  const chooser = element(
    "select",
    { id },
    types.map(([mediaType], index) => element("option", { value: String(index) }, mediaType)),
  );
  chooser.addEventListener("change", () => edit(Number(chooser.value)));
  const isChosen = types.length > 1;
  const whole = element(
    "fieldset",
    {},
    element("legend", {}, isChosen ? "Body" : `Body, as ${types[0][0]}`),
    isChosen &&
      element("div", { class: "field" }, element("label", { for: id }, "Media type"), chooser),
    place,
  );
  return { whole, read: () => editor.read() };
}
