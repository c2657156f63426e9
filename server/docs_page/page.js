// Reads openapi.json beside this page, shows it, and follows the address to one of its parts.
// The document, or an error that says what to do.

async function readApi() {
  const address = new URL("openapi.json", location.href).href;
  const reply = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => {
    throw new Error(
      `There was no reply from ${address}. Start the application and load this page again.`,
    );
  });
  if (!reply.ok) {
    throw new Error(
      `${address} answered ${reply.status}. ` +
        "Serve the application's OpenAPI document there, beside this page.",
    );
  }
  const text = await reply.text();
  let api;
  try {
    api = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `${address} is not JSON: ${error.message}. Mend the document and load this page again.`,
    );
  }
  if (!isObject(api) || !/^3\./.test(words(api.openapi))) {
    throw new Error(
      `${address} is not an OpenAPI 3 document: it has no "openapi": "3.1.0" or the like. ` +
        "Write the document in version 3.1 or 3.0.",
    );
  }
  return api;
}

function serverChooser(api) {
  const servers = list(api.servers).filter(isObject);
  const addresses = servers.length ? servers.map(serverAddress) : [serverAddress()];
  if (addresses.length === 1) {
    return {
      whole: element("p", { class: "quiet" }, "Server ", element("code", {}, addresses[0])),
      address: () => addresses[0],
    };
  }
  const options = addresses.map((address, place) => {
    const said = words(servers[place].description);
    return element("option", { value: address }, said ? `${address} (${said})` : address);
  });
  const control = element("select", { id: "server" }, options);
  const whole = element(
    "div",
    { class: "field" },
    element("label", { for: "server" }, "Server"),
    control,
  );
  return { whole, address: () => control.value };
}

function links(info, api) {
  const { contact, license } = info;
  const entry = (label, address) => address && link(address, label);
  const email = words(own(contact, "email"));
  const made = [
    entry(
      words(own(contact, "name")) || "Contact",
      words(own(contact, "url")) || (email && `mailto:${email}`),
    ),
    entry(words(own(license, "name")), words(own(license, "url"))) || words(own(license, "name")),
    entry("Terms of service", words(info.termsOfService)),
    entry(
      words(own(api.externalDocs, "description")) || "Documentation",
      words(own(api.externalDocs, "url")),
    ),
  ].filter(Boolean);
  return made.length > 0 && element("p", { class: "links" }, separated(made, " \u00b7 "));
}

function groupLinks(groups) {
  if (groups.length < 2 || groups.length > 40) return null;
  const items = groups.map(({ name }) =>
    element("li", {}, element("a", { href: `#${encodeURIComponent(idOf("group", name))}` }, name)),
  );
  return element("nav", { "aria-label": "Groups" }, element("ol", {}, items));
}

function masthead(api, groups, parts) {
  const info = isObject(api.info) ? api.info : {};
  const title = words(info.title) || "API";
  document.title = [title, words(info.version)].join(" ").trim();
  document
    .getElementById("masthead")
    .replaceChildren(
      ...fill(
        document.createDocumentFragment(),
        element(
          "h1",
          {},
          title,
          " ",
          info.version && element("span", { class: "version" }, words(info.version)),
        ),
        info.summary && element("p", { class: "purpose" }, words(info.summary)),
        prose(info.description),
        links(info, api),
        parts,
        groupLinks(groups),
      ).childNodes,
    );
}

function groupSection(api, group, page) {
  const id = idOf("group", group.name);
  const parts = group.operations.map((entry) => ({ entry, ...operationPart(api, entry, page) }));
  const whole = element(
    "section",
    { class: "group", "aria-labelledby": id },
    element("h2", { id, tabindex: "-1" }, group.name),
    prose(group.description),
    parts.map((part) => part.whole),
  );
  const items = parts.map(({ entry, whole: row, ...rest }) => ({
    ...rest,
    whole: row,
    isOperation: true,
    text: [
      entry.method,
      entry.path,
      group.name,
      ...["operationId", "summary", "description"].map((key) => words(entry.operation[key])),
    ]
      .join(" ")
      .toLowerCase(),
  }));
  return { whole, items };
}

function schemaSection(api) {
  const items = entries(own(api.components, "schemas")).map(([name, schema]) => ({
    text: `${name} ${words(own(schema, "title"))}`.toLowerCase(),
    ...disclosure({
      id: idOf("schema", name),
      tag: "h3",
      label: element("code", { class: "path" }, name),
      kind: "schema",
      make: () => schemaTree(api, schema),
    }),
  }));
  const whole = element(
    "section",
    { class: "group", "aria-labelledby": "schemas" },
    element("h2", { id: "schemas", tabindex: "-1" }, "Schemas"),
    items.map((item) => item.whole),
  );
  return { whole, items };
}

// Opens what the address names, and writes into the address what is opened.
function followAddress(items, search) {
  const byId = new Map(items.map((item) => [item.whole.id, item]));
  function follow() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // Not encoded, then.
    }
    const item = byId.get(id);
    const target = item ? item.opener : document.getElementById(id);
    if (!id || !target) return;
    if (item && item.whole.hidden) search.clear();
    if (item) item.show(true);
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }
  for (const { whole, opener } of items) {
    opener.addEventListener("click", () =>
      history.replaceState(null, "", `#${encodeURIComponent(whole.id)}`),
    );
  }
  addEventListener("hashchange", follow);
  follow();
}

function show(api) {
  const groups = groupsOf(api);
  const server = serverChooser(api);
  const authorization = authorizationOf(api);
  const settings = element("div", { class: "settings" }, server.whole, authorization.whole);
  const page = {
    server: server.address,
    credentials: authorization.credentials,
    whenChanged: (act) => settings.addEventListener("input", act),
  };
  const sections = groups.map((group) => groupSection(api, group, page));
  const schemas = schemaSection(api);
  if (schemas.items.length) sections.push(schemas);
  const items = sections.flatMap((section) => section.items);
  const search = searchOf(
    items,
    sections.map(({ whole, items: inner }) => ({ whole, parts: inner.map((item) => item.whole) })),
  );
  masthead(api, groups, settings);
  const isEmpty =
    !groups.length &&
    element("p", { class: "notice" }, "The document describes no operations: its paths are empty.");
  const main = document.getElementById("main");
  main.replaceChildren(search.whole);
  fill(
    main,
    isEmpty,
    sections.map((section) => section.whole),
  );
  followAddress(items, search);
}

async function start() {
  const main = document.getElementById("main");
  try {
    show(await readApi());
  } catch (error) {
    main.replaceChildren(
      element("p", { class: "notice", role: "alert" }, error.message),
      button("Try again", () => location.reload(), {}),
    );
  }
  main.setAttribute("aria-busy", "false");
}

start();
