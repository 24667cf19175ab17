import { Button, Skeleton } from "@mantine/core";
import { type InfiniteData, infiniteQueryOptions, type UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { get, type Page, type Query } from "./api.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import classes from "./settings-page.module.css";

export interface Column<T> {
  key: string;
  head: string;
  cell(row: T): ReactNode;
  end?: boolean;
}

interface DataTableProps<T> {
  label: string;
  list: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  columns: readonly Column<T>[];
  keyOf(row: T): string;
  /** A row that opens does so by a click anywhere and by a button in its first cell. */
  onOpen?: ((row: T) => void) | undefined;
  empty: ReactNode;
}

/** Any list endpoint, page by page. */
export const listQuery = <T,>(key: readonly string[], path: string, query: Query = {}) =>
  infiniteQueryOptions({
    queryKey: [...key, query],
    queryFn: ({ pageParam, signal }) => get<Page<T>>(path, { ...query, limit: 50, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export function DataTable<T>({ label, list, columns, keyOf, onOpen, empty }: DataTableProps<T>) {
  const { t } = useTranslation("app");
  if (list.isPending) return <Skeleton height={144} />;
  if (!list.data) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return empty;
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={label}>
          <thead>
            <tr>
              {columns.map(({ key, head, end }) => (
                <th key={key} scope="col" data-end={end}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)} data-opens={onOpen ? true : undefined} onClick={onOpen && (() => onOpen(row))}>
                {columns.map(({ key, cell, end }, index) => (
                  <td key={key} data-end={end}>
                    {index === 0 && onOpen ? (
                      <button type="button" className={classes.open}>
                        {cell(row)}
                      </button>
                    ) : (
                      cell(row)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage && (
        <Button
          variant="default"
          className={classes.more}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("action.loadMore")}
        </Button>
      )}
    </>
  );
}
