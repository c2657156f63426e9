// The hello workload on node:http.
import { text } from "../../baselines/node/router.mjs";

export function routes(app) {
  app.get("/hello", (_, reply) => text(reply, "Hello, World!"));
}
