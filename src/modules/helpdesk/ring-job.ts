import { type Static, Type } from "typebox";
import type { PreparedCalendar } from "../../engines/business-time/index.ts";
import { systemActor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { enqueue } from "../../platform/jobs.ts";
import type { Escalation } from "./api-calls.ts";
import { type Chain, lockChain, raiseTicketVersion, readChain, saveChain } from "./call-chain.sql.ts";
import type { CallParts } from "./call-parts.ts";
import { type Due, nextCall } from "./call-plan.ts";
import { type Callees, chooseCallees } from "./choose-callees.ts";
import { claim } from "./deliver-call.ts";
import { commitWithoutWaiting } from "./deliveries.sql.ts";
import { defaultEscalation, paceOf } from "./escalation-policy.ts";
import { handOverFirstTurn, scheduleTurn } from "./first-turn.ts";
import { addEntry } from "./journal.sql.ts";
import { loadCalendars } from "./load-calendars.ts";
import { insertRound } from "./notifications.sql.ts";

/** `turn` is how often the chain had rung when the job was made: a job that runs twice finds the chain a turn ahead. */
export const Ring = Type.Object({
  tenantId: Type.String(),
  ticketId: Type.String(),
  chainId: Type.String(),
  turn: Type.Integer(),
});
export type Ring = Static<typeof Ring>;

/**
 * One turn of a chain of calls: rings if it is time to, and makes the job of the next turn. All of it under the ticket's
 * lock, so that nobody is rung about a ticket that someone has just taken.
 */
export async function ring(tx: Tx, { ticketId, chainId, turn }: Omit<Ring, "tenantId">): Promise<void> {
  const at = nowText();
  // A turn that is lost with the database is taken again by its job.
  commitWithoutWaiting(tx);
  const chain = await lockChain(tx, ticketId);
  if (!chain || chain.id !== chainId || chain.turn !== turn || chain.endedAt !== null) return;
  if (chain.state !== "new" && chain.state !== "assigned") {
    saveChain(tx, { ...chain, nextAt: null, endedAt: at });
    return;
  }
  const policy = policyOf(chain);
  const hours = await hoursOf(tx, chain, policy);
  const due = nextCall(chain, paceOf(policy), hours);
  const rung = due && due.at <= at ? await ringNow(tx, chain, policy, due, at) : chain;
  scheduleTurn(tx, rung, { policy, hours }, saveChain);
}

/**
 * The first turn of a ticket with an engineer, when it need not wait: hands its calls over right here, which spares the
 * phone the time of another job. Anything else is left to `ring`.
 * @returns whether it has been done
 */
export async function ringFirst(parts: CallParts, { tenantId, ticketId, chainId }: Ring): Promise<boolean> {
  const at = nowText();
  const begun = await parts.db.asTenant(tenantId, async (tx) => {
    const chain = await readChain(tx, ticketId);
    if (chain?.id !== chainId || chain.turn !== 0 || chain.endedAt !== null || chain.state !== "assigned") return;
    const hours = await hoursOf(tx, chain, policyOf(chain));
    const due = nextCall(chain, paceOf(policyOf(chain)), hours);
    if (chain.waiting.length === 0 || !due || due.at > at) return;
    const calls = await claim(tx, chain.waiting, at);
    return calls.length === chain.waiting.length ? { chain, policy: policyOf(chain), hours, calls, at } : undefined;
  });
  if (!begun) return false;
  await handOverFirstTurn(parts, tenantId, begun);
  return true;
}

const policyOf = (chain: Chain): Escalation => chain.policy ?? defaultEscalation(null);

/** The hours that a ticket of this priority waits for; undefined for one that rings at every hour. */
async function hoursOf(tx: Tx, chain: Chain, policy: Escalation): Promise<PreparedCalendar | undefined> {
  const { calendarId, calendarVersion, priority } = chain;
  if (calendarId === null || !policy.waitsForHours.includes(priority)) return undefined;
  return (await loadCalendars(tx, [{ id: calendarId, version: calendarVersion }])).get(calendarId);
}

async function ringNow(tx: Tx, chain: Chain, policy: Escalation, due: Due, at: string): Promise<Chain> {
  let step = due.step;
  let callees = await chooseCallees(tx, policy, step, chain.assigneeId, at);
  // Nobody to ring is no reason to wait for an answer.
  while (callees.staffIds.length === 0 && step < policy.steps.length) {
    step += 1;
    callees = await chooseCallees(tx, policy, step, chain.assigneeId, at);
  }
  const repeats = step === due.step ? due.repeats : 0;
  const round = chain.turn;
  const call = { reason: callees.reason, step, at, chainId: chain.id, round };
  const isFirst = chain.turn === 0 && callees.reason === "assigned";
  const ids = isFirst ? chain.waiting : await insertRound(tx, chain.ticketId, callees.staffIds, call);
  for (const notificationId of ids) enqueue(tx, "helpdesk.deliver", { tenantId: tx.tenantId, notificationId });
  const isOver = step >= policy.steps.length;
  if (repeats === 0 && callees.reason !== "assigned") tellStep(tx, chain, callees, step, at);
  return {
    ...chain,
    turn: chain.turn + 1,
    step,
    repeats,
    stepRungAt: repeats === 0 ? at : chain.stepRungAt,
    rungAt: at,
    unansweredSince: isOver ? (chain.unansweredSince ?? at) : null,
  };
}

/** The journal and the live pages hear of each further person, not of each repetition. */
function tellStep(tx: Tx, chain: Chain, { reason, staffIds }: Callees, step: number, at: string): void {
  const actor = systemActor(tx.tenantId);
  const version = chain.ticketVersion + 1;
  const data = { reason, step, staffIds };
  raiseTicketVersion(tx, chain.ticketId, version, at);
  addEntry(tx, actor, chain.ticketId, { at, kind: "escalated", internal: true, data });
  const type = reason === "nobody_answered" ? "helpdesk.nobody_answered" : "helpdesk.call_escalated";
  record(tx, actor, type, { kind: "ticket", id: chain.ticketId, version }, data);
}
