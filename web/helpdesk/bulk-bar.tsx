import { Button, CloseButton, Menu } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Static } from "typebox";
import type { BulkChange, BulkResult, TicketListItem } from "../../src/modules/helpdesk/api.ts";
import { post } from "../app/api.ts";
import { newId } from "../app/new-id.ts";
import { PriorityMark } from "../app/priority-mark.tsx";
import { useSession } from "../app/session.ts";
import { offerUndo, sendUnlessUndone, tellProblem, tellRefusal } from "../app/undo-toast.tsx";
import { AssignPicker } from "./assign-picker.tsx";
import classes from "./bulk-bar.module.css";
import { filterPriorities } from "./desk-search.ts";
import { patchTicket } from "./live-tickets.ts";

type Result = Static<typeof BulkResult>;

/** One change for many tickets; each answers for itself, and all of it can be taken back. */
export function BulkBar({ tickets, onDone }: { tickets: readonly TicketListItem[]; onDone(): void }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const client = useQueryClient();
  const { permissions } = useSession();
  const [assigning, setAssigning] = useState(false);
  const ids = tickets.map(({ id }) => id);
  const count = tickets.length;
  if (!permissions.includes("ticket.assign")) return null;

  const send = async (change: BulkChange, key = newId()): Promise<string[]> => {
    const { results } = await post<Result>("/ticket-changes", change, { key, keepalive: true });
    const refused = results.filter(({ ok }) => !ok);
    const reason = refused[0]?.detail;
    if (refused.length > 0) tellRefusal(t("bulk.refused", { count: refused.length, reason: reason ?? "" }));
    void client.invalidateQueries({ queryKey: ["helpdesk"] });
    return results.filter(({ ok }) => ok).map(({ id }) => id);
  };

  /** Done at once; taken back by setting every ticket to what it had. */
  const change = async (
    verb: "assign" | "edit",
    body: Record<string, unknown>,
    before: (ticket: TicketListItem) => Record<string, unknown>,
    shown: Partial<TicketListItem>,
  ) => {
    for (const id of ids) patchTicket(client, id, shown);
    onDone();
    try {
      const done = new Set(await send({ ids, verb, body }));
      const groups = Map.groupBy(
        tickets.filter(({ id }) => done.has(id)),
        (ticket) => JSON.stringify(before(ticket)),
      );
      offerUndo(t("bulk.done", { count: done.size }), async () => {
        for (const [former, group] of groups)
          await send({ ids: group.map(({ id }) => id), verb, body: JSON.parse(former) });
      });
    } catch (error) {
      tellProblem(error);
      void client.invalidateQueries({ queryKey: ["helpdesk"] });
    }
  };

  /** Told to the customers, so it waits a moment. */
  const final = (verb: "close" | "cancel", body: Record<string, unknown>) => {
    const before = tickets;
    for (const id of ids) patchTicket(client, id, { state: verb === "close" ? "closed" : "cancelled" });
    onDone();
    const key = newId();
    sendUnlessUndone({
      message: t("bulk.sending", { count }),
      undo: () => {
        for (const { id, state } of before) patchTicket(client, id, { state });
      },
      commit: () => send({ ids, verb, body }, key),
    });
  };

  return (
    <div className={classes.bar} role="toolbar" aria-label={t("bulk.selected", { count })}>
      <span className={classes.count}>{t("bulk.selected", { count })}</span>
      <AssignPicker
        opened={assigning}
        onOpened={setAssigning}
        assigneeId={tickets.every(({ assigneeId }) => assigneeId === null) ? null : ""}
        onAssign={(member) =>
          void change("assign", { assigneeId: member?.id ?? null }, ({ assigneeId }) => ({ assigneeId }), {
            assigneeId: member?.id ?? null,
            assigneeName: member?.name ?? null,
          })
        }
      />
      {permissions.includes("ticket.edit") && (
        <Menu position="top">
          <Menu.Target>
            <Button variant="default">{t("bulk.priority")}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {filterPriorities.map((priority) => (
              <Menu.Item
                key={priority}
                onClick={() =>
                  void change("edit", { priority }, (ticket) => ({ priority: ticket.priority }), { priority })
                }
              >
                <PriorityMark priority={priority} />
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {permissions.includes("ticket.close") && tickets.every(({ state }) => state === "resolved") && (
        <Button variant="default" onClick={() => final("close", {})}>
          {word("verb.close")}
        </Button>
      )}
      {permissions.includes("ticket.cancel") && (
        <Button variant="default" onClick={() => final("cancel", { reason: t("bulk.cancelReason") })}>
          {word("action.cancel")}
        </Button>
      )}
      <CloseButton aria-label={t("bulk.clear")} onClick={onDone} />
    </div>
  );
}
