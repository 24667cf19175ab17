import { useMemo, useRef, useState } from "react";

export interface Selection {
  ids: readonly string[];
  has(id: string): boolean;
  toggle(id: string): void;
  /** From the last one chosen to this one. */
  extendTo(id: string): void;
  clear(): void;
}

/** The server changes at most a hundred at once. */
const most = 100;

export function useSelection(inOrder: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  return useMemo(
    () => ({
      ids: inOrder.filter((id) => chosen.has(id)),
      has: (id) => chosen.has(id),
      toggle(id) {
        last.current = id;
        setChosen((before) => {
          const after = new Set(before);
          if (!after.delete(id) && after.size < most) after.add(id);
          return after;
        });
      },
      extendTo(id) {
        const from = inOrder.indexOf(last.current ?? id);
        const to = inOrder.indexOf(id);
        if (from < 0 || to < 0) return;
        last.current = id;
        const range = inOrder.slice(Math.min(from, to), Math.max(from, to) + 1);
        setChosen((before) => new Set([...before, ...range].slice(0, most)));
      },
      clear: () => setChosen(new Set()),
    }),
    [inOrder, chosen],
  );
}
