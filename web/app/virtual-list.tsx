import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";

interface VirtualListProps<T> {
  items: readonly T[];
  rowHeight: number;
  keyOf(item: T): string;
  children(item: T, index: number): ReactNode;
  /** Called when the end comes near, to fetch the next page. */
  onNearEnd?: (() => void) | undefined;
  /** Kept in sight, e.g. the row chosen by keyboard. */
  activeIndex?: number | undefined;
  label: string;
  footer?: ReactNode;
  className?: string | undefined;
}

/** A list that draws only the rows in sight: a hundred thousand scroll like fifty. */
export function VirtualList<T>({
  items,
  rowHeight,
  keyOf,
  children,
  onNearEnd,
  activeIndex,
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
  useEffect(() => {
    if (activeIndex !== undefined && activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: "auto" });
  }, [activeIndex, virtual]);

  return (
    <div ref={scroller} className={className} style={{ overflowY: "auto", contain: "strict", height: "100%" }}>
      <div role="list" aria-label={label} style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {rows.map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          return (
            <div
              key={row.key}
              role="listitem"
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
            </div>
          );
        })}
      </div>
      {footer}
    </div>
  );
}
