import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { EditTicket, Ticket, TicketListItem, Verb } from "../../src/modules/helpdesk/api.ts";
import { patch, post } from "../app/api.ts";
import { newId } from "../app/new-id.ts";
import { offerUndo, sendUnlessUndone, tellProblem } from "../app/undo-toast.tsx";
import { patchTicket } from "./live-tickets.ts";
import { leadsTo } from "./ticket-steps.ts";
import { journalQuery, ticketQuery } from "./tickets.ts";

type Changed = Pick<TicketListItem, "id" | "number" | "state" | "assigneeId" | "assigneeName" | "version">;
export type StepBody = Readonly<Record<string, unknown>>;

/** Everything the desk does to a ticket: shown at once, sent, and as far as possible taken back with one key. */
export function useTakeStep() {
  const client = useQueryClient();
  const { t } = useTranslation("helpdesk");
  return useMemo(() => {
    return {
      /** A step without consequences outside, or one whose opposite exists. */
      async step(ticket: Changed, verb: Verb, body: StepBody = {}): Promise<boolean> {
        const sent = await send(client, ticket, verb, body);
        if (sent && verb === "pause") {
          offerUndo(t("done.paused", { number: ticket.number }), () => send(client, ticket, "resume", {}));
        }
        return sent;
      },

      async assign(ticket: Changed, assignee: { id: string; name: string } | null): Promise<void> {
        const before = { id: ticket.assigneeId, name: ticket.assigneeName };
        const shown = { assigneeId: assignee?.id ?? null, assigneeName: assignee?.name ?? null };
        if (!(await send(client, ticket, "assign", { assigneeId: shown.assigneeId }, shown))) return;
        const message = assignee
          ? t("done.assigned", { number: ticket.number, name: assignee.name })
          : t("done.unassigned", { number: ticket.number });
        offerUndo(message, () =>
          send(
            client,
            ticket,
            "assign",
            { assigneeId: before.id },
            { assigneeId: before.id, assigneeName: before.name },
          ),
        );
      },

      async edit(ticket: Ticket, change: EditTicket): Promise<void> {
        const before: EditTicket = Object.fromEntries(
          Object.keys(change).map((member) => [member, Reflect.get(ticket, member)]),
        );
        if (!(await sendEdit(client, ticket, change))) return;
        offerUndo(t("done.changed", { number: ticket.number }), async () => {
          const now = client.getQueryData(ticketQuery(ticket.id).queryKey);
          await sendEdit(client, now ?? ticket, before);
        });
      },

      /** The customer hears of it at once, so it waits a moment for a second thought. */
      final(ticket: Changed, verb: "resolve" | "cancel" | "close" | "reopen", body: StepBody): void {
        const state = leadsTo[verb];
        patchTicket(client, ticket.id, state ? { state } : {});
        const key = newId();
        sendUnlessUndone({
          message: t(`sending.${verb}`, { number: ticket.number }),
          undo: () => patchTicket(client, ticket.id, { state: ticket.state }),
          commit: async () =>
            settle(client, await post<Ticket>(`/tickets/${ticket.id}/${verb}`, body, { key, keepalive: true })),
        });
      },

      /** A reply reaches the customer by mail: it too waits a moment. A note does not leave the house. */
      speak(
        ticket: Changed,
        kind: "replies" | "notes",
        text: string,
        attachmentIds: readonly string[],
        takeBack: () => void,
      ): void {
        const key = newId();
        const body = { text, ...(attachmentIds.length > 0 ? { attachmentIds } : {}) };
        const commit = async () => {
          await post(`/tickets/${ticket.id}/${kind}`, body, { key, keepalive: true });
          await client.invalidateQueries({ queryKey: ["helpdesk", "ticket", ticket.id] });
        };
        if (kind === "replies") sendUnlessUndone({ message: t("sending.replies"), undo: takeBack, commit });
        else {
          commit().catch((error: unknown) => {
            takeBack();
            tellProblem(error);
          });
        }
      },
    };
  }, [client, t]);
}

async function send(
  client: QueryClient,
  ticket: Changed,
  verb: Verb,
  body: StepBody,
  shown: Partial<Ticket> = {},
): Promise<boolean> {
  const state = leadsTo[verb];
  patchTicket(client, ticket.id, { ...shown, ...(state ? { state } : {}) });
  try {
    settle(client, await post<Ticket>(`/tickets/${ticket.id}/${verb}`, body));
    return true;
  } catch (error) {
    tellProblem(error);
    putBack(client, ticket);
    return false;
  }
}

async function sendEdit(client: QueryClient, ticket: Ticket, change: EditTicket): Promise<boolean> {
  patchTicket(client, ticket.id, change);
  try {
    settle(client, await patch<Ticket>(`/tickets/${ticket.id}`, change, ticket.version));
    return true;
  } catch (error) {
    tellProblem(error);
    putBack(client, ticket);
    return false;
  }
}

function settle(client: QueryClient, answer: Ticket): void {
  patchTicket(client, answer.id, answer);
  void client.invalidateQueries({ queryKey: journalQuery(answer.id).queryKey });
}

function putBack(client: QueryClient, ticket: Changed): void {
  const { id, ...before } = ticket;
  patchTicket(client, id, before);
  void client.invalidateQueries({ queryKey: ["helpdesk", "ticket", id] });
}
