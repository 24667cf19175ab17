import type { Log } from "./log.ts";

/** A look that a worker takes again and again. Several workers may take it at once, so it must do no harm twice. */
export interface Sweep {
  name: string;
  everySeconds: number;
  run: () => Promise<unknown>;
}

/** Runs each sweep on its own beat, never twice at a time in this process. */
export function startSweeps(sweeps: readonly Sweep[], log: Log): { stop(): Promise<void> } {
  const running = new Map<string, Promise<unknown>>();
  const timers = sweeps.map(({ name, everySeconds, run }) =>
    setInterval(() => {
      if (running.has(name)) return;
      const turn = run()
        .catch((error) => log.warn({ err: error, sweep: name }, "a sweep failed; it will be taken again"))
        .finally(() => running.delete(name));
      running.set(name, turn);
    }, everySeconds * 1000).unref(),
  );
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}
