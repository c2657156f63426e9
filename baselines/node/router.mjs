// What Node's http module leaves to its user: finding the route, reading a body, writing a reply.
// No package; each worker process has one router, filled before it listens.

export class Refusal extends Error {} // the request does not fit its type: 422

export class Router {
  #exact = new Map();
  #patterns = [];

  // `path` may have {name} in place of a segment. A handler gets (request, reply, parameters).
  add(method, path, handler) {
    if (!path.includes("{")) return this.#exact.set(`${method} ${path}`, handler);
    this.#patterns.push({ method, segments: path.split("/"), handler });
  }

  get(path, handler) {
    this.add("GET", path, handler);
  }

  post(path, handler) {
    this.add("POST", path, handler);
  }

  async answer(request, reply) {
    const path = request.url.split("?", 1)[0];
    try {
      const exact = this.#exact.get(`${request.method} ${path}`);
      if (exact) return await exact(request, reply, {});
      const { handler, parameters } = this.#match(request.method, path.split("/"));
      if (!handler) return text(reply, "not found\n", 404);
      await handler(request, reply, parameters);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      text(reply, `${error.message}\n`, 422);
    }
  }

  #match(method, segments) {
    for (const pattern of this.#patterns) {
      const parameters = pattern.method === method && matched(pattern.segments, segments);
      if (parameters) return { handler: pattern.handler, parameters };
    }
    return {};
  }
}

function matched(pattern, segments) {
  if (pattern.length !== segments.length) return null;
  const parameters = {};
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i].startsWith("{")) {
      parameters[pattern[i].slice(1, -1)] = decoded(segments[i]);
    } else if (pattern[i] !== segments[i]) {
      return null;
    }
  }
  return parameters;
}

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal("the path is not well encoded");
  }
}

export function text(reply, body, status = 200) {
  write(reply, body, "text/plain; charset=utf-8", status);
}

export function json(reply, value) {
  write(reply, JSON.stringify(value), "application/json", 200);
}

// With its length, since a reply whose length Node does not know is sent chunked.
function write(reply, body, type, status) {
  reply.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) });
  reply.end(body);
}

export async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
}

export async function jsonOf(request) {
  const body = await bodyOf(request);
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Refusal(error.message);
  }
}
