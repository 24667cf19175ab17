import type { Tx } from "../../platform/db.ts";
import { enqueue } from "../../platform/jobs.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { beginChain } from "./call-chain.sql.ts";
import { insertCalls } from "./notifications.sql.ts";
import type { TicketRow } from "./tickets.sql.ts";

/**
 * Rings the responsible engineer on everything that reaches them, in the transaction that made them responsible; the job
 * hands the calls over, repeats them until someone acknowledges, and escalates. Without an engineer the job rings whoever
 * is on call, or the desk.
 * @param reachable false when it is known that nothing beyond the app reaches the engineer: there is nothing to hand over
 */
export function ringAssignee(tx: Tx, ticket: Pick<TicketRow, "id" | "assigneeId">, at: string, reachable = true): void {
  const chainId = uuidv7();
  beginChain(tx, { id: chainId, ticketId: ticket.id, assigneeId: ticket.assigneeId, at });
  if (ticket.assigneeId) insertCalls(tx, ticket.id, [ticket.assigneeId], { reason: "assigned", step: 0, at, chainId });
  enqueue(tx, "helpdesk.ring", { tenantId: tx.tenantId, ticketId: ticket.id, chainId, turn: 0, reachable });
}
