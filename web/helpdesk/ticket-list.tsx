import { Button, Skeleton } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { TicketListItem } from "../../src/modules/helpdesk/api.ts";
import { EmptyState } from "../app/empty-state.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { VirtualList } from "../app/virtual-list.tsx";
import type { DeskSearch } from "./desk-search.ts";
import classes from "./ticket-list.module.css";
import { TicketRow } from "./ticket-row.tsx";
import type { TicketQuery } from "./tickets.ts";
import type { Selection } from "./use-selection.ts";

const rowHeight = 64;

interface TicketListProps {
  list: UseInfiniteQueryResult;
  tickets: readonly TicketListItem[];
  query: TicketQuery;
  activeId: string | undefined;
  selection: Selection;
  onOpen(id: string): void;
  onNarrow(search: DeskSearch): void;
}

export function TicketList({ list, tickets, query, activeId, selection, onOpen, onNarrow }: TicketListProps) {
  const { t } = useTranslation("helpdesk");
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (list.isPending) return <ListLoading />;
  if (list.isError && tickets.length === 0) {
    return (
      <div className={classes.problem}>
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
      </div>
    );
  }
  if (tickets.length === 0) return <NothingHere query={query} onNarrow={onNarrow} />;
  return (
    <div className={classes.scroll}>
      <VirtualList
        items={tickets}
        rowHeight={rowHeight}
        keyOf={(ticket) => ticket.id}
        onNearEnd={more}
        activeKey={activeId}
        label={t("list.label")}
        footer={isFetchingNextPage && <ListLoading rows={2} />}
      >
        {(ticket) => (
          <TicketRow
            ticket={ticket}
            active={ticket.id === activeId}
            selected={selection.has(ticket.id)}
            selecting={selection.ids.length > 0}
            onOpen={onOpen}
            onSelect={(id, range) => (range ? selection.extendTo(id) : selection.toggle(id))}
          />
        )}
      </VirtualList>
    </div>
  );
}

function NothingHere({ query, onNarrow }: { query: TicketQuery; onNarrow(search: DeskSearch): void }) {
  const { t } = useTranslation("helpdesk");
  const untouched =
    query.q === undefined && query.state?.length === 1 && query.state[0] === "open" && Object.keys(query).length <= 2;
  if (untouched) return <EmptyState title={t("list.emptyOpen")}>{t("list.emptyOpenWhy")}</EmptyState>;
  return (
    <EmptyState
      title={t("list.empty")}
      action={
        query.q && (
          <Button variant="default" onClick={() => onNarrow({ view: "all", ...(query.q ? { q: query.q } : {}) })}>
            {t("list.searchAll")}
          </Button>
        )
      }
    >
      {t("list.emptyWhy")}
    </EmptyState>
  );
}

function ListLoading({ rows = 8 }: { rows?: number }) {
  return (
    <div aria-busy className={classes.loading}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} style={{ height: rowHeight, padding: "14px 16px" }}>
          <Skeleton height={14} width={`${60 + ((row * 17) % 30)}%`} mb={10} />
          <Skeleton height={12} width="40%" />
        </div>
      ))}
    </div>
  );
}
