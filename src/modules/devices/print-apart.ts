import { Worker } from "node:worker_threads";
import type { PrintOrder } from "./label-worker.ts";

let last: Promise<unknown> = Promise.resolve();

/**
 * Prints in a thread of its own, one order after the other: a sheet keeps a processor busy for some milliseconds per label
 * and needs the fonts in memory, which the end of the thread gives back.
 */
export function printApart(order: PrintOrder): Promise<Buffer> {
  const printed = last.then(() => print(order));
  last = printed.catch(() => {});
  return printed;
}

function print(workerData: PrintOrder): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./label-worker.ts", import.meta.url), { workerData });
    worker.once("message", (pdf: Uint8Array) => resolve(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)));
    worker.once("error", reject);
    worker.once("exit", (code) =>
      reject(new Error(`the printing thread ended with ${code} before its sheet was done`)),
    );
  });
}
