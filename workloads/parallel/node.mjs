// The parallel workload on node:http: four worker threads, started at the first request and kept.
// They run this file too: what it does depends on the thread that it is in.
import { isMainThread, parentPort, Worker } from "node:worker_threads";

import { json } from "../../baselines/node/router.mjs";

const TASKS = 4;
const ITERATIONS = 50000;

function squares(iterations) {
  let total = 0;
  for (let i = 0; i < iterations; i++) total += i * i;
  return total;
}

// One thread; it answers in the order in which it was asked.
class Thread {
  #worker = new Worker(new URL(import.meta.url));
  #waiting = [];

  constructor() {
    this.#worker.on("message", (total) => this.#waiting.shift()(total));
  }

  ask(iterations) {
    return new Promise((answer) => {
      this.#waiting.push(answer);
      this.#worker.postMessage(iterations);
    });
  }
}

let threads;

export function routes(app) {
  app.get("/parallel", async (_, reply) => {
    threads ??= Array.from({ length: TASKS }, () => new Thread());
    const results = await Promise.all(threads.map((thread) => thread.ask(ITERATIONS)));
    json(reply, { tasks: TASKS, iterations: ITERATIONS, results });
  });
}

if (!isMainThread) {
  parentPort.on("message", (iterations) => parentPort.postMessage(squares(iterations)));
}
