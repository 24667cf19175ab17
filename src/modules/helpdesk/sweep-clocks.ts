import { systemActor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Database } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { audienceOf } from "./audience.ts";
import { changeTicketState } from "./change-ticket-state.ts";
import { DueClock, dueClocks, findClocks, findPauses, updateClock } from "./clocks.sql.ts";
import { addEntry } from "./journal.sql.ts";
import { withBreach } from "./sla-clock.ts";
import { ClosingTicket, closingTickets, lockTicketRow, updateTicket } from "./tickets.sql.ts";

/** Marks the clocks whose due time has passed, in whatever tenant. @returns how many tickets it touched */
export async function sweepDueClocks(db: Database): Promise<number> {
  const due = await db.sweep(DueClock, dueClocks(nowText()));
  const tickets = new Map(due.map((clock) => [clock.ticketId, clock.tenantId]));
  for (const [ticketId, tenantId] of tickets) await markBreaches(db, tenantId, ticketId);
  return tickets.size;
}

async function markBreaches(db: Database, tenantId: string, ticketId: string): Promise<void> {
  await db.asTenant(tenantId, async (tx) => {
    const actor = systemActor(tenantId);
    const ticket = await lockTicketRow(tx, actor, ticketId);
    if (!ticket) return;
    const at = nowText();
    const clocks = await findClocks(tx, ticketId);
    const late = clocks.map((clock) => withBreach(clock, at)).filter((clock, index) => clock !== clocks[index]);
    if (late.length === 0) return;
    const version = ticket.version + 1;
    for (const clock of late) {
      updateClock(tx, ticketId, clock);
      addEntry(tx, actor, ticketId, {
        at,
        kind: "clock_breached",
        internal: true,
        data: { target: clock.target, dueAt: clock.dueAt },
      });
    }
    updateTicket(tx, { ...ticket, version, updatedAt: at });
    const data = { targets: late.map((clock) => clock.target), priority: ticket.priority };
    record(tx, actor, "helpdesk.clock_breached", { kind: "ticket", id: ticketId, version }, data, audienceOf(ticket));
  });
}

/** Closes what was resolved long enough ago by its policy. */
export async function closeResolved(db: Database): Promise<void> {
  const at = nowText();
  for (const { tenantId, id } of await db.sweep(ClosingTicket, closingTickets(at))) {
    await db.asTenant(tenantId, async (tx) => {
      const actor = systemActor(tenantId);
      const ticket = await lockTicketRow(tx, actor, id);
      if (ticket?.state !== "resolved" || ticket.closesAt === null || ticket.closesAt > at) return;
      await changeTicketState(tx, actor, id, { verb: "close", body: {} });
    });
  }
}

/** Ends a pause at the time it was to end, unless someone did before. */
export async function resumeTicket(db: Database, tenantId: string, ticketId: string, pauseId: string): Promise<void> {
  await db.asTenant(tenantId, async (tx) => {
    const actor = systemActor(tenantId);
    const ticket = await lockTicketRow(tx, actor, ticketId);
    if (ticket?.state !== "paused") return;
    const pauses = await findPauses(tx, ticketId);
    if (pauses.some((pause) => pause.id === pauseId && pause.toAt === null))
      await changeTicketState(tx, actor, ticketId, { verb: "resume", body: {} });
  });
}
