// The hash workload on node:http: node:crypto, which is OpenSSL, over a part of the buffer.
import { createHash } from "node:crypto";

import { json, Refusal } from "../../baselines/node/router.mjs";
import { types } from "../../baselines/node/values.mjs";

const BUFFER = Buffer.from(Array.from({ length: 1048576 }, (_, i) => i % 251));

export function routes(app) {
  app.get("/hash/{bytes}", (_, reply, parameters) => {
    const bytes = types.int("bytes", parameters.bytes);
    if (bytes < 0 || bytes > BUFFER.length) throw new Refusal("bytes is from 0 to 1048576");
    const sha256 = createHash("sha256").update(BUFFER.subarray(0, bytes)).digest("hex");
    json(reply, { bytes, sha256 });
  });
}
