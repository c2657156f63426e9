// What the reader's requests are allowed by: a field for each security scheme of the document, or
// the Authorization header itself. Kept in this page alone, and gone when it is closed.

function base64(text) {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

const asHeader = (value) => ({ headers: [["Authorization", value]], query: [], cookies: [] });

function apiKey(scheme, value) {
  const pair = [[words(scheme.name), value]];
  const encoded = [[encodeURIComponent(words(scheme.name)), encodeURIComponent(value)]];
  return {
    headers: scheme.in === "header" ? pair : [],
    query: scheme.in === "query" ? encoded : [],
    cookies: scheme.in === "cookie" ? pair : [],
  };
}

// { label, credentials(text) } of a scheme; undefined for one that needs no text from the reader.
function entryOf(scheme) {
  const kind = words(scheme.scheme).toLowerCase();
  if (scheme.type === "apiKey") {
    return {
      label: `key, sent as ${words(scheme.in)} ${words(scheme.name)}`,
      credentials: (text) => apiKey(scheme, text),
    };
  }
  if (scheme.type === "mutualTLS") return undefined;
  if (scheme.type === "http" && kind === "basic") {
    return { label: "user:password", credentials: (text) => asHeader(`Basic ${base64(text)}`) };
  }
  if (scheme.type === "http" && kind !== "bearer") {
    return {
      label: `what follows "${words(scheme.scheme)}"`,
      credentials: (text) => asHeader(`${words(scheme.scheme)} ${text}`),
    };
  }
  return {
    label: "token",
    credentials: (text) => asHeader(`Bearer ${text.replace(/^bearer\s+/i, "")}`),
  };
}

function authorizationField(name, label, description) {
  const id = idOf("authorization", name);
  const control = element("input", {
    id,
    type: "text",
    class: "secret",
    autocomplete: "off",
    spellcheck: "false",
  });
  const row = element(
    "div",
    { class: "field" },
    element(
      "label",
      { for: id },
      element("code", { class: "name" }, name),
      " ",
      element("span", { class: "type" }, label),
    ),
    control,
    prose(description),
  );
  return { row, text: () => control.value.trim() };
}

// { whole, credentials(security) }: the first of an operation's alternatives that is filled in.
function authorizationOf(api) {
  const schemes = new Map();
  for (const [name, node] of entries(own(api.components, "securitySchemes"))) {
    const scheme = resolvedObject(api, node);
    const entry = entryOf(scheme);
    if (entry)
      schemes.set(name, { ...entry, ...authorizationField(name, entry.label, scheme.description) });
  }
  const header = authorizationField("Authorization", "header, sent with each request");
  const rows = schemes.size ? [...schemes.values()].map((scheme) => scheme.row) : [header.row];
  const whole = folded("Authorization", () =>
    element("form", { class: "authorization", autocomplete: "off" }, rows),
  );
  whole.addEventListener("submit", (event) => event.preventDefault());
  const none = { headers: [], query: [], cookies: [] };
  const isFilled = (name) => !schemes.has(name) || schemes.get(name).text() !== "";

  function credentials(security) {
    if (!schemes.size) return header.text() ? asHeader(header.text()) : none;
    const chosen =
      security
        .map((each) => entries(each).map(([name]) => name))
        .find((names) => names.length && names.every(isFilled)) || [];
    const parts = chosen
      .filter((name) => schemes.has(name))
      .map((name) => schemes.get(name).credentials(schemes.get(name).text()));
    const all = (key) => parts.flatMap((part) => part[key]);
    return { headers: all("headers"), query: all("query"), cookies: all("cookies") };
  }
  return { whole, credentials };
}
