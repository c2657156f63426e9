// The json workload on node:http: an object, built anew for each request.
import { json } from "../../baselines/node/router.mjs";

export function routes(app) {
  app.get("/json", (_, reply) => {
    const items = Array.from({ length: 20 }, (_, i) => ({ id: i, value: i * 10 }));
    const nested = { level1: { level2: "deep value" }, another: { key: "value" } };
    json(reply, { message: "Hello, World!", items, nested });
  });
}
