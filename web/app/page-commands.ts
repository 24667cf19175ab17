import { useEffect, useSyncExternalStore } from "react";

export interface PageCommand {
  label: string;
  run(): void;
}

let current: readonly PageCommand[] = [];
const watchers = new Set<() => void>();

function set(commands: readonly PageCommand[]): void {
  current = commands;
  for (const watcher of watchers) watcher();
}

/** What the palette offers for the page that is open, e.g. the steps of the chosen ticket. */
export function useOfferCommands(commands: readonly PageCommand[]): void {
  useEffect(() => {
    set(commands);
    return () => set([]);
  }, [commands]);
}

export function usePageCommands(): readonly PageCommand[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => current,
  );
}
