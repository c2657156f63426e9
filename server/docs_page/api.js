// The OpenAPI document as values. It may be wrong anywhere: a part of another type than it should
// be reads as missing, and `$ref`s that lead nowhere or in a circle end.

const METHODS = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value) => (Array.isArray(value) ? value : []);
const entries = (value) => (isObject(value) ? Object.entries(value) : []);
const own = (value, key) =>
  typeof value === "object" && value !== null && Object.prototype.hasOwnProperty.call(value, key)
    ? value[key]
    : undefined;
const jsonText = (value, indent) => JSON.stringify(value, null, indent);

function words(value) {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : jsonText(value);
}

// What `#/a/b~1c` leads to (RFC 6901); undefined for nothing, and for what another file holds.
function atPointer(api, reference) {
  if (!reference.startsWith("#")) return undefined;
  const decoded = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  const parts = reference.slice(1).split("/").slice(1);
  return parts
    .map((part) => decoded(part).replace(/~1/g, "/").replace(/~0/g, "~"))
    .reduce((value, key) => own(value, key), api);
}

// { value, names: the references that were followed, fault: why there is no value }.
function resolve(api, node) {
  const names = [];
  let value = node;
  while (isObject(value) && typeof value.$ref === "string") {
    const { $ref: reference, ...beside } = value;
    if (names.includes(reference))
      return { value: {}, names, fault: `${reference} is only itself` };
    names.push(reference);
    const target = atPointer(api, reference);
    if (target === undefined)
      return { value: beside, names, fault: `${reference} is not in this document` };
    value = isObject(target) ? { ...target, ...beside } : target;
  }
  return { value, names, fault: "" };
}

const resolvedObject = (api, node) => {
  const { value } = resolve(api, node);
  return isObject(value) ? value : {};
};

// An operation's parameters, and those of its path that it does not have itself.
function parametersOf(api, item, operation) {
  const byKey = new Map();
  for (const node of [...list(item.parameters), ...list(operation.parameters)]) {
    const parameter = resolvedObject(api, node);
    if (typeof parameter.name === "string")
      byKey.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...byKey.values()];
}

const firstSegment = (path) => path.split("/").find((part) => part && !part.startsWith("{")) || "/";

// An element's id, which other attributes list by blanks.
const idOf = (kind, name) => `${kind}-${name.replace(/\s+/g, "-")}`;

function idIn(taken, wished) {
  let id = wished;
  for (let count = 2; taken.has(id); count += 1) id = `${wished}-${count}`;
  taken.add(id);
  return id;
}

function operationOf(api, path, item, method, taken) {
  const operation = isObject(item[method]) ? item[method] : {};
  const name = words(operation.operationId) || `${method}${path}`;
  return {
    id: idIn(taken, idOf("operation", name)),
    method,
    path,
    operation,
    parameters: parametersOf(api, item, operation),
    server: list(operation.servers)[0] || list(item.servers)[0],
    security: Array.isArray(operation.security) ? operation.security : list(api.security),
    group: words(list(operation.tags)[0]) || firstSegment(path),
  };
}

function operationsIn(api, paths, taken) {
  return entries(paths).flatMap(([path, node]) => {
    const item = resolvedObject(api, node);
    return METHODS.filter((method) => own(item, method) !== undefined).map((method) =>
      operationOf(api, path, item, method, taken),
    );
  });
}

// [{ name, description, operations }], the document's tags first and in its order.
function groupsOf(api) {
  const groups = new Map();
  for (const tag of list(api.tags)) {
    if (isObject(tag))
      groups.set(words(tag.name), { description: tag.description, operations: [] });
  }
  const add = (name, entry) => {
    if (!groups.has(name)) groups.set(name, { operations: [] });
    groups.get(name).operations.push(entry);
  };
  const taken = new Set();
  for (const entry of operationsIn(api, api.paths, taken)) add(entry.group, entry);
  for (const entry of operationsIn(api, api.webhooks, taken)) {
    add("Webhooks", { ...entry, isWebhook: true });
  }
  return [...groups]
    .map(([name, group]) => ({ name, ...group }))
    .filter((group) => group.operations.length);
}

// The address of a server, its variables as they are by default; relative to the document.
function serverAddress(server) {
  const url = words(own(server, "url")) || "/";
  const variables = own(server, "variables");
  const filled = url.replace(/\{([^}]*)\}/g, (_, name) =>
    words(own(own(variables, name), "default")),
  );
  try {
    return new URL(filled, new URL("openapi.json", location.href)).href.replace(/\/+$/, "");
  } catch {
    return location.origin;
  }
}
