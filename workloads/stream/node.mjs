// The stream workload on node:http: each line is a write, and with that a piece.
export function routes(app) {
  app.get("/stream", (_, reply) => {
    reply.writeHead(200, { "Content-Type": "application/x-ndjson" });
    for (let i = 0; i < 100; i++) {
      reply.write(`${JSON.stringify({ index: i, value: i * 10 })}\n`);
    }
    reply.end();
  });
}
