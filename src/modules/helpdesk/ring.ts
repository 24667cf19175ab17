import type { Tx } from "../../platform/db.ts";
import { enqueue } from "../../platform/jobs.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { beginChain } from "./call-chain.sql.ts";
import { nextCall } from "./call-plan.ts";
import { claimFrom } from "./deliver-call.ts";
import type { Outgoing } from "./deliveries.sql.ts";
import { paceOf } from "./escalation-policy.ts";
import { canRingHere, type Pacing, ringAfterCommit } from "./first-turn.ts";
import { type ClaimedCall, insertCalls, insertClaimedCalls } from "./notifications.sql.ts";
import type { TicketRow } from "./tickets.sql.ts";

/** What whoever opens a ticket knows of its first call already. */
export interface KnownFirst extends Pacing {
  ticket: TicketRow;
  /** Whether anything beyond the app rings at the engineer's. */
  reachable: boolean;
}

/**
 * Rings the responsible engineer on everything that reaches them, in the transaction that made them responsible; the job
 * hands the calls over, repeats them until someone acknowledges, and escalates. Without an engineer the job rings whoever
 * is on call, or the desk. A first call that is known to be due at once does not wait for the job: when there is nothing to
 * hand over, the turn is done right here; else this process hands it over after the commit, and the job comes only if it died.
 */
export function ringAssignee(
  tx: Tx,
  ticket: Pick<TicketRow, "id" | "assigneeId">,
  at: string,
  known?: KnownFirst,
): void {
  const { id: ticketId, assigneeId } = ticket;
  const chainId = uuidv7();
  const turn = { tenantId: tx.tenantId, ticketId, chainId };
  const call = { reason: "assigned", step: 0, at, chainId } as const;
  const first = assigneeId && known ? dueAtOnce(known, at) : undefined;
  if (assigneeId && first && known && !known.reachable) {
    beginChain(tx, { id: chainId, ticketId, assigneeId, at, rungAt: at, nextAt: first.next });
    insertCalls(tx, ticketId, [assigneeId], call);
    enqueue(tx, "helpdesk.ring", { ...turn, turn: 1 }, { runAt: first.next });
    return;
  }
  beginChain(tx, { id: chainId, ticketId, assigneeId, at, rungAt: null, nextAt: at });
  if (assigneeId && first && known && canRingHere()) {
    const claim = claimFrom(at);
    const claimed = insertClaimedCalls(tx, ticketId, assigneeId, { ...call, claim });
    const chain = { id: chainId, ticketId, beganAt: at };
    const { policy, hours } = known;
    const claimedTurn = async () => {
      const calls = (await claimed).map((each) => outgoingOf(known.ticket, each));
      return { chain, policy, hours, calls, at };
    };
    ringAfterCommit(tx, chainId, claimedTurn);
    enqueue(tx, "helpdesk.ring", { ...turn, turn: 0 }, { runAt: claim.until });
    return;
  }
  if (assigneeId) insertCalls(tx, ticketId, [assigneeId], call);
  enqueue(tx, "helpdesk.ring", { ...turn, turn: 0 });
}

/** When the call after the first is due; undefined when the first must wait for hours, or none follows. */
function dueAtOnce({ policy, hours }: Pacing, at: string): { next: string } | undefined {
  const begun = { step: 0, repeats: 0, beganAt: at, stepRungAt: null, rungAt: null };
  const first = nextCall(begun, paceOf(policy), hours);
  if (!first || first.at > at) return undefined;
  const next = nextCall({ ...begun, stepRungAt: at, rungAt: at }, paceOf(policy), hours);
  return next && { next: next.at };
}

function outgoingOf(ticket: TicketRow, call: ClaimedCall): Outgoing {
  return {
    ...call,
    ticketId: ticket.id,
    number: ticket.number,
    subject: ticket.subject,
    ticketState: ticket.state,
    priority: ticket.priority,
    dueAt: ticket.nextDueAt,
    dueTarget: ticket.nextDueTarget,
    siteName: ticket.siteName,
    customerName: ticket.customerName,
    assigneeName: ticket.assigneeName,
    staffActive: true,
  };
}
