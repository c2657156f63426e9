// Node's own HTTP server, plain node:http, a process per core by node:cluster, with the routes of
// every workload that has a node.mjs.
//
//   node serve.mjs --host 127.0.0.1 --port 8001 --workloads ../../workloads --processes 4
import cluster from "node:cluster";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { json, Router } from "./router.mjs";

const WORKLOADS = fileURLToPath(new URL("../../workloads", import.meta.url));

function optionsOf(words) {
  const options = {
    host: { type: "string", default: "127.0.0.1" },
    port: { type: "string", default: "8001" },
    workloads: { type: "string", default: WORKLOADS },
    processes: { type: "string", default: String(os.availableParallelism()) },
  };
  try {
    const { values } = parseArgs({ args: words, options });
    const [port, processes] = [Number(values.port), Number(values.processes)];
    if (!(port >= 0 && port <= 65535)) throw new Error(`'${values.port}' is not a port`);
    if (!(processes >= 1)) throw new Error(`'${values.processes}' is not a number of processes`);
    return { ...values, port, processes };
  } catch (error) {
    refuse(error.message, 2);
  }
}

function refuse(text, status) {
  process.stderr.write(`error: ${text}\n`);
  process.exit(status);
}

async function routerOf(options) {
  const router = new Router();
  for (const name of readdirSync(options.workloads).sort()) {
    const file = path.join(options.workloads, name, "node.mjs");
    if (existsSync(file)) (await import(pathToFileURL(path.resolve(file)))).routes(router);
  }
  router.get("/__assay__", (_, reply) => json(reply, facts(options)));
  return router;
}

function facts(options) {
  return {
    baseline: "node",
    runtime: `node ${process.version}`,
    workers: options.processes,
    loop: `libuv ${process.versions.uv}`,
    parser: `llhttp ${process.versions.llhttp}`,
    keep_alive: "5 s",
    packages: {},
  };
}

// One that serves. With one process there is no cluster, as one would run it then.
async function serve(options, ready) {
  const router = await routerOf(options);
  const server = createServer((request, reply) => router.answer(request, reply));
  server.on("error", (error) => {
    if (cluster.isWorker && cluster.worker.id > 1) process.exit(1); // the first says it for all
    refuse(`${error.message}: choose another with --port`, 1);
  });
  server.listen(options.port, options.host, () => ready(server.address().port));
  process.on("SIGTERM", () => process.exit(0));
}

function announce(host, port) {
  process.stderr.write(`listening on http://${host}:${port}\n`);
}

// Port 0 is one port for all: the primary listens, and hands connections out.
function serveWith(options) {
  const workers = Array.from({ length: options.processes }, () => cluster.fork());
  let listening = 0;
  cluster.on("listening", (_, address) => {
    listening += 1;
    if (listening === options.processes) announce(options.host, address.port);
  });
  cluster.on("exit", (_, status) => process.exit(status || 1)); // none is meant to end
  process.on("SIGTERM", () => {
    cluster.removeAllListeners("exit");
    for (const worker of workers) worker.process.kill("SIGTERM");
    process.exitCode = 0;
  });
}

const options = optionsOf(process.argv.slice(2));
if (cluster.isWorker) await serve(options, () => {});
else if (options.processes === 1) await serve(options, (port) => announce(options.host, port));
else serveWith(options);
