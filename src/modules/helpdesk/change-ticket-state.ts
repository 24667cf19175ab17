import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { refuseStale } from "../../platform/versions.ts";
import type { Ticket, Verb } from "./api.ts";
import { audienceOf } from "./audience.ts";
import { type Change, carryOut } from "./carry-out-verb.ts";
import { findClocks, findPauses, updateClock } from "./clocks.sql.ts";
import { addEntry } from "./journal.sql.ts";
import { loadClockCalendars } from "./load-calendars.ts";
import { findPresentPromise } from "./present-promise.ts";
import { nextDue, show } from "./sla-clock.ts";
import { isOpen, refuseWrongState, type State, transitions } from "./ticket-states.ts";
import { lockTicketRow, publicTicket, type TicketRow, updateTicket } from "./tickets.sql.ts";

/**
 * Carries out one verb of a ticket's life: state, clocks, journal, news and calls together, under the ticket's lock.
 * @param expected the version the caller saw, if it sent one
 */
export async function changeTicketState(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  change: Change,
  expected?: number,
): Promise<Ticket> {
  const before = await lockTicketRow(tx, actor, ticketId);
  if (!before) throw new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");
  refuseStale(expected, before.version);
  const { from, to } = transitions[change.verb];
  refuseWrongState(change.verb, before.state, possibleFrom(actor, change.verb, from));
  const at = nowText();
  const [clocks, pauses] = await Promise.all([findClocks(tx, ticketId), findPauses(tx, ticketId)]);
  // A promise that changed while a ticket was resolved has passed it by: it is looked up when the ticket goes on.
  const promise = change.verb === "reopen" ? await findPresentPromise(tx, before, at) : undefined;
  const calendars = await loadClockCalendars(tx, clocks, promise?.calendarId);
  const state: State = to === "same" ? before.state : to === "before_pause" ? stateBeforePause(before) : to;
  const row: TicketRow = { ...before, state, version: before.version + 1, updatedAt: at };
  const entry = { kind: entryKinds[change.verb] };
  const begun = { row, from: before.state, clocks, pauses, entry, promise };
  const step = await carryOut(tx, actor, change, begun, at, calendars);
  const due = nextDue(step.clocks);
  const after: TicketRow = {
    ...step.row,
    nextDueAt: isOpen(step.row.state) ? (due?.dueAt ?? null) : null,
    nextDueTarget: isOpen(step.row.state) ? (due?.target ?? null) : null,
  };
  after.overdue = after.nextDueAt !== null && after.nextDueAt < at;
  updateTicket(tx, after);
  for (const [index, clock] of step.clocks.entries()) if (clock !== clocks[index]) updateClock(tx, ticketId, clock);
  addEntry(tx, actor, ticketId, {
    at,
    ...step.entry,
    data: { ...step.entry.data, from: before.state, to: after.state },
  });
  record(
    tx,
    actor,
    `helpdesk.ticket_${entryKinds[change.verb]}`,
    { kind: "ticket", id: ticketId, version: after.version },
    { from: before.state, to: after.state, assigneeId: after.assigneeId },
    audienceOf(after),
  );
  return { ...publicTicket(after), clocks: step.clocks.map((clock) => show(clock, calendars, step.pauses, at)) };
}

const entryKinds: Readonly<Record<Verb, string>> = {
  assign: "assigned",
  acknowledge: "acknowledged",
  depart: "departed",
  arrive: "arrived",
  restore: "restored",
  pause: "paused",
  resume: "resumed",
  resolve: "resolved",
  reopen: "reopened",
  close: "closed",
  cancel: "cancelled",
};

/** Who asked may cancel only while nobody has begun. */
function possibleFrom(actor: Actor, verb: Verb, from: readonly State[]): readonly State[] {
  const isAsker = actor.kind === "person" || actor.kind === "visitor";
  return verb === "cancel" && isAsker ? ["new", "assigned"] : from;
}

function stateBeforePause(row: TicketRow): State {
  const known = transitions.pause.from.find((state) => state === row.pausedFrom);
  return known ?? "assigned";
}
