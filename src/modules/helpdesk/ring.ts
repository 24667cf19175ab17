import type { Tx } from "../../platform/db.ts";
import { enqueue } from "../../platform/jobs.ts";
import { insertCalls } from "./notifications.sql.ts";
import type { TicketRow } from "./tickets.sql.ts";

/**
 * Rings the responsible engineer on everything that reaches them, in the transaction that made them responsible; the job
 * hands the calls over, repeats them until someone acknowledges, and escalates. Without an engineer the job rings the desk.
 */
export function ringAssignee(tx: Tx, ticket: Pick<TicketRow, "id" | "assigneeId">, at: string): void {
  if (ticket.assigneeId) insertCalls(tx, ticket.id, [ticket.assigneeId], { reason: "assigned", step: 0, at });
  enqueue(tx, "helpdesk.ring", { tenantId: tx.tenantId, ticketId: ticket.id, step: 0, assigneeId: ticket.assigneeId });
}
