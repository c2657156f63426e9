// The no-db workload on node:http.
import { text } from "../../baselines/node/router.mjs";

export function routes(app) {
  app.get("/no-db/{key}", (_, reply, { key }) => text(reply, `Found: ${key}, counter=0\n`));
}
