import { type Actor, systemActor } from "../../platform/actor.ts";
import { instantText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { enqueue } from "../../platform/jobs.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import type { Verb, VerbBody } from "./api.ts";
import { type ClockRow, endPause, insertPause, type PauseRow } from "./clocks.sql.ts";
import { addEntry } from "./journal.sql.ts";
import { endCalls } from "./notifications.sql.ts";
import { byPromise, type PresentPromise } from "./present-promise.ts";
import { ringAssignee } from "./ring.ts";
import { type Calendars, end, meet, runOn, targets, withDue } from "./sla-clock.ts";
import { findAssignable, findPolicyRules, wasCalled } from "./state-changes.sql.ts";
import type { State } from "./ticket-states.ts";
import type { TicketRow } from "./tickets.sql.ts";

export type Change = { [V in Verb]: { verb: V; body: VerbBody<V> } }[Verb];

/** What a verb makes of a ticket. `row` already has the state it leads to, `from` is the state it left. */
export interface Step {
  row: TicketRow;
  from: State;
  clocks: ClockRow[];
  pauses: PauseRow[];
  entry: { kind: string; text?: string | null; data?: Record<string, unknown> };
  /** The promise by which a reopened ticket goes on. */
  promise?: PresentPromise | undefined;
}

/** The doing of each verb. Pauses and calls are written here; ticket, changed clocks and journal by the caller. */
export async function carryOut(
  tx: Tx,
  actor: Actor,
  change: Change,
  step: Step,
  at: string,
  calendars: Calendars,
): Promise<Step> {
  const { row, clocks, pauses } = step;
  switch (change.verb) {
    case "assign":
      return assign(tx, step, change.body.assigneeId, at, calendars);
    case "acknowledge": {
      const taker = await takerOf(tx, actor, row);
      endCalls(tx, row.id, actor.id, at);
      return {
        ...step,
        row: {
          ...row,
          ...taker,
          unansweredSince: null,
          assignedAt: row.assignedAt ?? at,
          acknowledgedAt: row.acknowledgedAt ?? at,
        },
        clocks: clocks.map((clock) => (clock.target === "response" ? meet(clock, at) : clock)),
        entry: { ...step.entry, data: { assigneeId: taker.assigneeId, assigneeName: taker.assigneeName } },
      };
    }
    case "depart":
      return { ...step, row: { ...row, departedAt: at } };
    case "arrive":
      return {
        ...step,
        row: { ...row, arrivedAt: at },
        entry: { ...step.entry, ...(change.body.position ? { data: { position: change.body.position } } : {}) },
      };
    case "restore":
      return {
        ...step,
        row: { ...row, restoredAt: row.restoredAt ?? at },
        clocks: clocks.map((clock) => (clock.target === "restore" ? meet(clock, at) : clock)),
        entry: { ...step.entry, text: change.body.note ?? null },
      };
    case "pause":
      return pause(tx, step, change.body, at, calendars);
    case "resume":
      return resume(tx, step, at, calendars);
    case "resolve": {
      endCalls(tx, row.id, actor.id, at);
      const rules = row.policyId ? await findPolicyRules(tx, row.policyId) : undefined;
      return {
        ...step,
        row: {
          ...row,
          restoredAt: row.restoredAt ?? at,
          resolvedAt: at,
          closesAt: instantText(Temporal.Instant.from(at).add({ hours: 24 * (rules?.closeAfterDays ?? 3) })),
          resolution: change.body.resolution,
          cause: change.body.cause ?? null,
        },
        clocks: clocks.map((clock) => (clock.target === "response" ? clock : meet(clock, at))),
        entry: { ...step.entry, text: change.body.resolution, data: { cause: change.body.cause ?? null } },
      };
    }
    case "reopen":
      return reopen(tx, step, change.body.reason, at, calendars);
    case "close":
      return { ...step, row: { ...row, closedAt: at } };
    case "cancel":
      endCalls(tx, row.id, null, at);
      for (const open of pauses) if (open.toAt === null) endPause(tx, open.id, at);
      return {
        ...step,
        row: { ...row, cancelledAt: at, pausedFrom: null, pauseReason: null, pausedUntil: null },
        clocks: clocks.map((clock) => end(clock, at)),
        entry: { ...step.entry, text: change.body.reason },
      };
  }
}

async function assign(tx: Tx, step: Step, assigneeId: string | null, at: string, calendars: Calendars): Promise<Step> {
  const { row } = step;
  const assignee = assigneeId === null ? null : await findAssignable(tx, assigneeId);
  if (assignee === undefined) {
    throw new Refusal("not_found", "assignee_unknown", "That member of staff does not exist or is not active.");
  }
  endCalls(tx, row.id, null, at);
  const assigned: TicketRow = {
    ...row,
    state: assignee ? "assigned" : "new",
    assigneeId: assignee?.id ?? null,
    assigneeName: assignee?.name ?? null,
    assignedAt: assignee ? at : null,
  };
  ringAssignee(tx, assigned, at);
  const data = { assigneeId: assigned.assigneeId, assigneeName: assigned.assigneeName };
  const next = { ...step, row: assigned, entry: { kind: "assigned", data } };
  return step.from === "paused" ? resume(tx, next, at, calendars) : next;
}

/** Whoever takes an unassigned ticket gets it; so does someone who was rung because the assignee did not answer. */
async function takerOf(tx: Tx, actor: Actor, row: TicketRow): Promise<Pick<TicketRow, "assigneeId" | "assigneeName">> {
  if (row.assigneeId === actor.id) return row;
  if (row.assigneeId !== null && !(await wasCalled(tx, row.id, actor.id))) return row;
  const taker = await findAssignable(tx, actor.id);
  return { assigneeId: taker?.id ?? row.assigneeId, assigneeName: taker?.name ?? row.assigneeName };
}

async function pause(tx: Tx, step: Step, body: VerbBody<"pause">, at: string, calendars: Calendars): Promise<Step> {
  const { row } = step;
  const until = body.until ? instantText(Temporal.Instant.from(body.until)) : null;
  if (until !== null && until <= at) {
    throw new Refusal(
      "invalid",
      "pause_in_the_past",
      "A pause ends in the future; leave `until` out to resume by hand.",
    );
  }
  const rules = row.policyId ? await findPolicyRules(tx, row.policyId) : undefined;
  const stops = rules === undefined || rules.pausingReasons.includes(body.reason);
  const held: PauseRow = {
    id: uuidv7(),
    reason: body.reason,
    targets: stops ? [...targets] : [],
    fromAt: at,
    toAt: null,
  };
  insertPause(tx, row.id, held);
  if (until !== null) {
    enqueue(tx, "helpdesk.resume", { tenantId: tx.tenantId, ticketId: row.id, pauseId: held.id }, { runAt: until });
  }
  const pauses = [...step.pauses, held];
  return {
    ...step,
    row: { ...row, pausedFrom: step.from, pauseReason: body.reason, pausedUntil: until },
    clocks: stops ? step.clocks.map((clock) => withDue(clock, calendars, pauses)) : step.clocks,
    pauses,
    entry: { ...step.entry, text: body.note ?? null, data: { reason: body.reason, until, stopsClocks: stops } },
  };
}

function resume(tx: Tx, step: Step, at: string, calendars: Calendars): Step {
  for (const open of step.pauses) if (open.toAt === null) endPause(tx, open.id, at);
  const pauses = step.pauses.map((each) => (each.toAt === null ? { ...each, toAt: at } : each));
  return {
    ...step,
    row: { ...step.row, pausedFrom: null, pauseReason: null, pausedUntil: null },
    clocks: step.clocks.map((clock) => withDue(clock, calendars, pauses)),
    pauses,
  };
}

async function reopen(tx: Tx, step: Step, reason: string, at: string, calendars: Calendars): Promise<Step> {
  const { row } = step;
  const rules = row.policyId ? await findPolicyRules(tx, row.policyId) : undefined;
  const days = rules?.reopenWithinDays ?? 14;
  const resolvedAt = row.resolvedAt ?? at;
  if (Temporal.Instant.compare(Temporal.Instant.from(resolvedAt).add({ hours: days * 24 }), at) < 0) {
    throw new Refusal("conflict", "reopen_too_late", `It was resolved more than ${days} days ago. Open a new ticket.`);
  }
  const away: PauseRow = { id: uuidv7(), reason: "resolved", targets: ["resolve"], fromAt: resolvedAt, toAt: at };
  insertPause(tx, row.id, away);
  const pauses = [...step.pauses, away];
  const reopened: TicketRow = {
    ...row,
    state: row.assigneeId ? "assigned" : "new",
    assignedAt: row.assigneeId ? at : null,
    resolvedAt: null,
    closesAt: null,
    closedAt: null,
    reopenedTimes: row.reopenedTimes + 1,
  };
  ringAssignee(tx, reopened, at);
  const { promise } = step;
  const { policyId, calendarId, tier } = promise ?? row;
  const running = step.clocks.map((clock) => runOn(clock, calendars, pauses));
  const clocks = promise ? running.map((clock) => byPromise(clock, promise, at, calendars, pauses)) : running;
  if (JSON.stringify(clocks) !== JSON.stringify(running)) {
    addEntry(tx, systemActor(tx.tenantId), row.id, { at, kind: "promise_revised", internal: true, data: { policyId } });
  }
  return {
    ...step,
    row: { ...reopened, policyId, calendarId, tier },
    clocks,
    pauses,
    entry: { ...step.entry, text: reason },
  };
}
