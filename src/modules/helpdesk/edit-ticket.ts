import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { refuseStale } from "../../platform/versions.ts";
import { promisedTo } from "../contracts/index.ts";
import type { EditTicket, Ticket } from "./api.ts";
import { audienceOf } from "./audience.ts";
import { type ClockRow, findClocks, findPauses, updateClock } from "./clocks.sql.ts";
import { addEntry } from "./journal.sql.ts";
import { loadClockCalendars } from "./load-calendars.ts";
import { type Asked, findOpening } from "./opening.sql.ts";
import { nextDue, retarget, show } from "./sla-clock.ts";
import { isOpen } from "./ticket-states.ts";
import { lockTicketRow, publicTicket, type TicketRow, updateTicket } from "./tickets.sql.ts";

/** Changes what is written on a ticket. Another priority or requester changes its promise; consumed time and pauses stay. */
export async function editTicket(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  edit: EditTicket,
  expected?: number,
): Promise<Ticket> {
  const before = await lockTicketRow(tx, actor, ticketId);
  if (!before) throw new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");
  refuseStale(expected, before.version);
  const at = nowText();
  const isRated = edit.impact !== undefined || edit.urgency !== undefined;
  const asked = { ...before, ...edit, priority: edit.priority ?? (isRated ? undefined : before.priority), at };
  const promise = await revisedPromise(tx, actor, before, asked);
  const row: TicketRow = {
    ...before,
    ...edit,
    priority: promise.priority,
    version: before.version + 1,
    updatedAt: at,
  };
  const [clocks, pauses] = await Promise.all([findClocks(tx, ticketId), findPauses(tx, ticketId)]);
  const calendars = await loadClockCalendars(tx, clocks);
  const promiseChanged = before.priority !== row.priority || before.tier !== promise.tier;
  const revised = clocks.map((clock): ClockRow => {
    const targetMinutes = promise.promised[clock.target];
    if (!promiseChanged || targetMinutes === undefined || !isOpen(row.state)) return clock;
    return retarget(clock, { targetMinutes, calendarId: clock.calendarId }, at, calendars, pauses);
  });
  const due = isOpen(row.state) ? nextDue(revised) : undefined;
  const after: TicketRow = {
    ...row,
    ...promise.names,
    tier: promise.tier,
    nextDueAt: due?.dueAt ?? null,
    nextDueTarget: due?.target ?? null,
    overdue: due !== undefined && due.dueAt < at,
  };
  updateTicket(tx, after);
  for (const [index, clock] of revised.entries()) if (clock !== clocks[index]) updateClock(tx, ticketId, clock);
  addEntry(tx, actor, ticketId, { at, kind: "edited", internal: true, data: changesBetween(before, after) });
  record(
    tx,
    actor,
    "helpdesk.ticket_edited",
    { kind: "ticket", id: ticketId, version: after.version },
    { members: Object.keys(edit), priority: after.priority },
    audienceOf(after),
  );
  return { ...publicTicket(after), clocks: revised.map((clock) => show(clock, calendars, pauses, at)) };
}

/** The promise that the changed ticket has: of the same policy, for its new priority and its requester's tier. */
async function revisedPromise(tx: Tx, actor: Actor, before: TicketRow, asked: Asked) {
  const { deviceId, requesterId } = asked;
  const opening = await findOpening(tx, actor, asked);
  if (!opening) throw new Refusal("not_found", "site_unknown", "That site does not exist.");
  if (deviceId && deviceId !== before.deviceId && opening.deviceName === null) {
    throw new Refusal("not_found", "device_unknown", "That device does not exist at this site.");
  }
  if (requesterId && requesterId !== before.requesterId && opening.requesterTier === null) {
    throw new Refusal("not_found", "requester_unknown", "That person does not exist at this customer.");
  }
  const tier = requesterId === before.requesterId ? before.tier : (opening.requesterTier ?? "standard");
  const promised = promisedTo(tier, opening.promised);
  const names = {
    deviceName: deviceId === null ? null : (opening.deviceName ?? before.deviceName),
    requesterName: requesterId === null ? null : (opening.requesterName ?? before.requesterName),
  };
  return { priority: opening.priority, tier, promised, names };
}

/** What changed, without the long texts: the journal names them only. */
function changesBetween(before: TicketRow, after: TicketRow): Record<string, unknown> {
  const shown = ["kind", "priority", "impact", "urgency", "deviceId", "requesterId", "confidential", "tier"] as const;
  const changes = shown.flatMap((member) =>
    before[member] === after[member] ? [] : [[member, { from: before[member], to: after[member] }] as const],
  );
  const texts = (["subject", "description", "tags"] as const).filter(
    (member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]),
  );
  return { ...Object.fromEntries(changes), ...(texts.length > 0 ? { rewritten: texts } : {}) };
}
