import { Worker } from "node:worker_threads";

/** What a function that runs in a thread of its own is given besides its input. */
export interface Apart {
  /** True once the caller gave up; to be asked now and then. */
  readonly shouldStop: () => boolean;
  /** Tells the caller how far it is; what is told must be cloneable. */
  readonly report: (progress: unknown) => void;
  /** Milliseconds since 1970, the same for all threads, never backwards. */
  readonly clock: () => number;
}

export interface ApartOptions {
  /** When aborted, `shouldStop` turns true in the thread; what it answers then is still the answer. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: unknown) => void;
}

export interface ApartTask {
  readonly module: string;
  readonly name: string;
  readonly input: unknown;
  readonly stop: Int32Array;
}

/**
 * Runs `name`, an exported function `(input, apart) => answer`, of a module in a thread of its own, so that long mathematics
 * holds up nobody. Input and answer are cloned. Rejects with what the function threw.
 */
export function runApart<Answer>(
  module: URL,
  name: string,
  input: unknown,
  { signal, onProgress }: ApartOptions = {},
): Promise<Answer> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const halt = () => {
    Atomics.store(stop, 0, 1);
  };
  if (signal?.aborted) halt();
  signal?.addEventListener("abort", halt, { once: true });
  const task: ApartTask = { module: module.href, name, input, stop };
  const thread = new Worker(new URL("./apart-thread.ts", import.meta.url), { workerData: task });
  return new Promise<Answer>((resolve, reject) => {
    thread.on("message", (message: { readonly progress: unknown } | { readonly answer: Answer }) => {
      if ("answer" in message) resolve(message.answer);
      else onProgress?.(message.progress);
    });
    thread.on("error", reject);
    thread.on("exit", (code) => reject(new Error(`The thread ended with code ${code} before it answered.`)));
  }).finally(() => {
    signal?.removeEventListener("abort", halt);
    void thread.terminate();
  });
}
