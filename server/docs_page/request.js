// A request as a value, and as the browser's fetch takes it.

// What fetch leaves out without a word (Fetch, "forbidden request-header").
const FORBIDDEN = new Set(
  (
    "accept-charset accept-encoding connection content-length cookie cookie2 date dnt expect " +
    "host keep-alive origin referer set-cookie te trailer transfer-encoding upgrade via"
  ).split(" "),
);
const isForbidden = (name) =>
  FORBIDDEN.has(name.toLowerCase()) || /^(access-control|proxy|sec)-/i.test(name);

function filledPath(path, values) {
  return path.replace(/\{([^}]*)\}/g, (slot, name) => {
    const found = values.find(
      ({ parameter }) => parameter.in === "path" && parameter.name === name,
    );
    if (!found) throw new Error(`${slot} needs a value: it is a part of the path`);
    return pathText(found.parameter, found.value);
  });
}

// { method, url, headers, cookies, body } of an operation and the values of its parameters.
function requestOf(entry, server, values, body, credentials) {
  const of = (place, write) =>
    values
      .filter(({ parameter }) => parameter.in === place)
      .flatMap(({ parameter, value }) => write(parameter, value));
  const query = [
    ...of("query", (parameter, value) => queryPairs(parameter, value)),
    ...credentials.query,
  ];
  const search = query.map(([name, value]) => `${name}=${value}`).join("&");
  const headers = of("header", (parameter, value) => [
    [parameter.name, headerText(parameter, value)],
  ]);
  const mediaType = body && mediaTypeOf(body);
  return {
    method: entry.method.toUpperCase(),
    url: server + filledPath(entry.path, values) + (search && `?${search}`),
    headers: [
      ...credentials.headers,
      ...headers,
      ...(mediaType ? [["Content-Type", mediaType]] : []),
    ],
    cookies: [...of("cookie", cookiePairs), ...credentials.cookies],
    body: body || null,
  };
}

// A multipart body's own type has a boundary, which the browser and curl choose.
function mediaTypeOf(body) {
  switch (body.kind) {
    case "text":
      return body.mediaType;
    case "form":
      return "application/x-www-form-urlencoded";
    case "file":
      return body.mediaType.includes("*")
        ? body.file.type || "application/octet-stream"
        : body.mediaType;
    default:
      return "";
  }
}

function multipartData(parts) {
  const data = new FormData();
  for (const { name, text, file, mediaType } of parts) {
    if (file && mediaType) data.append(name, file.slice(0, file.size, mediaType), file.name);
    else if (file) data.append(name, file, file.name);
    else if (mediaType) data.append(name, new Blob([text], { type: mediaType }));
    else data.append(name, text);
  }
  return data;
}

function sentBody(body) {
  if (!body) return undefined;
  switch (body.kind) {
    case "text":
      return body.text;
    case "form":
      return new URLSearchParams(body.pairs).toString();
    case "file":
      return body.file;
    default:
      return multipartData(body.parts);
  }
}

// Why a page cannot send this request, and what does; "" where it can.
function obstacle(request) {
  const { origin } = new URL(request.url);
  if (origin !== location.origin) {
    return (
      `This page may send requests to ${location.origin} alone, and this one goes to ${origin}. ` +
      "Use the curl line."
    );
  }
  if (request.method === "TRACE") return "A browser sends no TRACE. Use the curl line.";
  if (request.body && ["GET", "HEAD"].includes(request.method)) {
    return `A browser sends no body with ${request.method}. Use the curl line.`;
  }
  return "";
}

// A page may not set the Cookie header. It keeps the cookies for the request's own path while it
// lasts: the longest path comes first in the header, and the first of a name is what counts.
function withCookies(request, send) {
  const { pathname } = new URL(request.url);
  const scope = `Path=${pathname.includes(";") ? "/" : pathname}; SameSite=Strict`;
  const keep = (age) =>
    request.cookies.forEach(([name, value]) => {
      document.cookie = `${name}=${value}; ${scope}${age}`;
    });
  keep("");
  return send().finally(() => keep("; Max-Age=0"));
}

function sendRequest(request, signal) {
  const headers = new Headers();
  for (const [name, value] of request.headers) {
    if (!isForbidden(name)) headers.append(name, value);
  }
  return withCookies(request, () =>
    fetch(request.url, {
      method: request.method,
      headers,
      body: sentBody(request.body),
      signal,
      cache: "no-store",
    }),
  );
}
