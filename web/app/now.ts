import { useSyncExternalStore } from "react";

const watchers = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of watchers) each();
  }, 10_000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Milliseconds since the epoch, moving every ten seconds: one timer for every clock on the page. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => {
    // Between two ticks every reader must see the same instant, but the first reader after a pause needs a fresh one.
    if (!timer) now = Date.now();
    return now;
  });
}
