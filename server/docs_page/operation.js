// An operation: a line that says what it is, and behind it all that the document says of it.

const slots = (path) =>
  path
    .split(/(\{[^}]*\})/)
    .map((part) => (part.startsWith("{") ? element("span", { class: "slot" }, part) : part));

function operationLabel({ method, path, operation }) {
  return [
    element(
      "span",
      { class: `method ${METHODS.includes(method) ? method : ""}` },
      method.toUpperCase(),
    ),
    element("code", { class: "path" }, slots(path)),
    element(
      "span",
      { class: "summary" },
      words(operation.summary),
      operation.deprecated === true && [
        " ",
        element("span", { class: "mark caution" }, "deprecated"),
      ],
    ),
  ];
}

// What a body may be: the first media type at once, the others folded away.
function mediaParts(api, content) {
  return entries(content).map(([mediaType, media], place) => {
    const schema = own(media, "schema");
    const make = () => [
      schema !== undefined && schemaTree(api, schema),
      mediaExamples(api, media).map(({ name, value }) =>
        folded(name, () => element("pre", { tabindex: "0" }, exampleText(value, mediaType))),
      ),
    ];
    const label = element("code", {}, mediaType);
    return element(
      "div",
      { class: "media" },
      place ? folded(["or ", label], make) : [element("p", { class: "kind" }, label), make()],
    );
  });
}

// A parameter or a header reads as a property of a schema does.
function parameterRow(api, name, parameter, place) {
  const schema = schemaOf(parameter);
  const { value, fault } = merged(api, schema);
  const said = isObject(value) ? value : {};
  const isRequired = parameter.required === true || place === "path";
  return element(
    "li",
    {},
    element(
      "p",
      { class: "row" },
      element("code", { class: "name" }, name),
      " ",
      element("span", { class: "type" }, place && `in ${place}, `, typeOf(schema)),
      " ",
      separated(marks({ deprecated: parameter.deprecated || said.deprecated }, isRequired), " "),
    ),
    prose(parameter.description),
    facts({ ...said, description: parameter.description ? "" : said.description }, fault),
    inside(api, schema, { trail: [], depth: 1, isRecursive: false }),
  );
}

function requestPart(api, { parameters, operation }) {
  const body = resolvedObject(api, operation.requestBody);
  const media = mediaParts(api, body.content);
  const rows = parameters.map((parameter) =>
    parameterRow(api, parameter.name, parameter, words(parameter.in)),
  );
  return element(
    "div",
    { class: "request" },
    rows.length > 0 && [
      element("h4", {}, "Parameters"),
      element("ul", { class: "tree outermost" }, rows),
    ],
    media.length > 0 && [
      element("h4", {}, "Request body ", marks({}, body.required === true)),
      prose(body.description),
      media,
    ],
  );
}

function responsePart(api, [status, node]) {
  const { value, fault } = resolve(api, node);
  const response = isObject(value) ? value : {};
  const headers = entries(response.headers).map(([name, each]) =>
    parameterRow(api, name, resolvedObject(api, each), ""),
  );
  const label = [
    element("strong", { class: `status s${words(status)[0]}` }, status),
    " ",
    words(response.description).split("\n")[0],
  ];
  const parts = [
    fault && element("p", { class: "caution" }, fault),
    words(response.description).includes("\n") && prose(response.description),
    headers.length > 0 && [
      element("p", { class: "kind" }, "Headers"),
      element("ul", { class: "tree" }, headers),
    ],
    mediaParts(api, response.content),
  ]
    .flat(Infinity)
    .filter((each) => !nothing(each));
  if (!parts.length) return element("p", { class: "response" }, label);
  const isGood = /^[2d]/i.test(status);
  const whole = folded(label, () => parts, isGood);
  whole.classList.add("response");
  return whole;
}

function securityLine(security) {
  const alternatives = security.filter(isObject).map((each) =>
    entries(each)
      .map(
        ([name, scopes]) =>
          name + (list(scopes).length ? ` (${scopes.map(words).join(", ")})` : ""),
      )
      .join(" and "),
  );
  if (!alternatives.length) return null;
  return element(
    "p",
    { class: "rules" },
    "Needs ",
    alternatives.map((each) => each || "nothing").join(", or "),
  );
}

function callbackLines(api, operation) {
  const lines = entries(operation.callbacks).flatMap(([name, node]) =>
    entries(resolvedObject(api, node)).flatMap(([address, item]) =>
      METHODS.filter((method) => own(item, method)).map((method) =>
        element(
          "li",
          {},
          element("code", {}, name),
          ` sends ${method.toUpperCase()} to `,
          element("code", {}, address),
          " ",
          prose(own(item[method], "summary") || own(item[method], "description")),
        ),
      ),
    ),
  );
  return lines.length > 0 && [element("h4", {}, "Callbacks"), element("ul", {}, lines)];
}

function elsewhere(documentation) {
  const address = words(own(documentation, "url"));
  return (
    address &&
    element("p", { class: "rules" }, link(address, words(documentation.description) || address))
  );
}

function operationPart(api, entry, page) {
  const { operation } = entry;
  const make = () => [
    element(
      "div",
      { class: "about" },
      prose(operation.description),
      securityLine(entry.security),
      elsewhere(operation.externalDocs),
    ),
    element(
      "div",
      { class: "columns" },
      requestPart(api, entry),
      !entry.isWebhook && tryIt(api, entry, page),
      element(
        "div",
        { class: "responses" },
        element("h4", {}, entry.isWebhook ? "Expected replies" : "Responses"),
        entries(operation.responses).map((each) => responsePart(api, each)),
        callbackLines(api, operation),
      ),
    ),
  ];
  return disclosure({
    id: entry.id,
    tag: "h3",
    label: operationLabel(entry),
    kind: "operation",
    make,
  });
}
