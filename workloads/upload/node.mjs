// The upload workload on node:http: the multipart parser of Node's fetch, over the whole body.
import { crc32 } from "node:zlib";

import { bodyOf, json, Refusal } from "../../baselines/node/router.mjs";

async function formOf(request) {
  const headers = { "Content-Type": request.headers["content-type"] ?? "" };
  const body = await bodyOf(request);
  try {
    return await new Response(body, { headers }).formData();
  } catch (error) {
    throw new Refusal(error.message);
  }
}

export function routes(app) {
  app.post("/upload", async (request, reply) => {
    const form = await formOf(request);
    const [title, file] = [form.get("title"), form.get("file")];
    if (typeof title !== "string" || !(file instanceof Blob)) {
      throw new Refusal("a form has a title and a file");
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    json(reply, { title, filename: file.name, bytes: bytes.length, crc32: crc32(bytes) });
  });
}
