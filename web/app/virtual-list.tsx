import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";

interface VirtualListProps<T> {
  items: readonly T[];
  rowHeight: number;
  keyOf(item: T): string;
  children(item: T, index: number): ReactNode;
  /** Called when the end comes near, to fetch the next page. */
  onNearEnd?: (() => void) | undefined;
  /** Brought into sight when it changes, e.g. the row chosen by keyboard. */
  activeKey?: string | undefined;
  label: string;
  footer?: ReactNode;
  className?: string | undefined;
}

const bare = { margin: 0, padding: 0, listStyle: "none" } as const;

/** A list that draws only the rows in sight: a hundred thousand scroll like fifty. */
export function VirtualList<T>({
  items,
  rowHeight,
  keyOf,
  children,
  onNearEnd,
  activeKey,
  label,
  footer,
  className,
}: VirtualListProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (items.length > 0 && lastShown >= items.length - 20) onNearEnd?.();
  }, [lastShown, items.length, onNearEnd]);
  // Only a new choice moves the list; rows that arrive above it while others work do not.
  const now = useRef({ items, keyOf, virtual });
  now.current = { items, keyOf, virtual };
  useEffect(() => {
    const { items: all, keyOf: key, virtual: list } = now.current;
    const index = activeKey === undefined ? -1 : all.findIndex((item) => key(item) === activeKey);
    if (index >= 0) list.scrollToIndex(index, { align: "auto" });
  }, [activeKey]);

  return (
    <div ref={scroller} className={className} style={{ overflowY: "auto", contain: "strict", height: "100%" }}>
      <ul aria-label={label} style={{ ...bare, height: virtual.getTotalSize(), position: "relative" }}>
        {rows.map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          return (
            <li
              key={row.key}
              aria-setsize={-1}
              aria-posinset={row.index + 1}
              style={{
                position: "absolute",
                top: 0,
                left: 0,
                width: "100%",
                height: rowHeight,
                transform: `translateY(${row.start}px)`,
              }}
            >
              {children(item, row.index)}
            </li>
          );
        })}
      </ul>
      {footer}
    </div>
  );
}
