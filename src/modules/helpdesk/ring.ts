import type { PreparedCalendar } from "../../engines/business-time/index.ts";
import type { Tx } from "../../platform/db.ts";
import { enqueue } from "../../platform/jobs.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import type { Escalation } from "./api-calls.ts";
import { beginChain } from "./call-chain.sql.ts";
import { nextCall } from "./call-plan.ts";
import { paceOf } from "./escalation-policy.ts";
import { insertCalls } from "./notifications.sql.ts";
import type { TicketRow } from "./tickets.sql.ts";

/** What is known of the next call when nothing beyond the app reaches the engineer. */
export interface InAppOnly {
  policy: Escalation;
  /** The hours that a ticket of this priority waits for, if it does. */
  hours: PreparedCalendar | undefined;
}

/**
 * Rings the responsible engineer on everything that reaches them, in the transaction that made them responsible; the job
 * hands the calls over, repeats them until someone acknowledges, and escalates. Without an engineer the job rings whoever
 * is on call, or the desk. When there is nothing to hand over, the first turn is done right here.
 */
export function ringAssignee(
  tx: Tx,
  ticket: Pick<TicketRow, "id" | "assigneeId">,
  at: string,
  inAppOnly?: InAppOnly,
): void {
  const { id: ticketId, assigneeId } = ticket;
  const chainId = uuidv7();
  const next = inAppOnly && assigneeId ? afterFirstTurn(inAppOnly, at) : undefined;
  const rungAt = next ? at : null;
  beginChain(tx, { id: chainId, ticketId, assigneeId, at, rungAt, nextAt: next?.at ?? at });
  if (assigneeId) insertCalls(tx, ticketId, [assigneeId], { reason: "assigned", step: 0, at, chainId });
  const turn = { tenantId: tx.tenantId, ticketId, chainId };
  if (next) enqueue(tx, "helpdesk.ring", { ...turn, turn: 1 }, { runAt: next.at });
  else enqueue(tx, "helpdesk.ring", { ...turn, turn: 0 });
}

/** The second turn of a chain whose first need not wait for any hours; undefined when it must, or none follows. */
function afterFirstTurn({ policy, hours }: InAppOnly, at: string) {
  const begun = { step: 0, repeats: 0, beganAt: at, stepRungAt: null, rungAt: null };
  const first = nextCall(begun, paceOf(policy), hours);
  if (!first || first.at > at) return undefined;
  return nextCall({ ...begun, stepRungAt: at, rungAt: at }, paceOf(policy), hours);
}
