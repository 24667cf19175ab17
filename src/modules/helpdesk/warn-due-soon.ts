import { systemActor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Database } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { enqueue } from "../../platform/jobs.ts";
import { activeStaff } from "./callees.sql.ts";
import { clocksToWarn, DueClock, findClocks, updateClock } from "./clocks.sql.ts";
import { addEntry } from "./journal.sql.ts";
import { insertWarning } from "./notifications.sql.ts";
import { withWarning } from "./sla-clock.ts";
import { isOpen } from "./ticket-states.ts";
import { lockTicketRow, updateTicket } from "./tickets.sql.ts";

/**
 * Warns of clocks of which most is used up and something is left, in whatever tenant: the responsible engineer is called
 * once for each, and the desk's lists hear of it.
 */
export async function warnOfDueClocks(db: Database): Promise<void> {
  const found = await db.sweep(DueClock, clocksToWarn(nowText()));
  const tickets = new Map(found.map((clock) => [clock.ticketId, clock.tenantId]));
  for (const [ticketId, tenantId] of tickets) await warn(db, tenantId, ticketId);
}

async function warn(db: Database, tenantId: string, ticketId: string): Promise<void> {
  await db.asTenant(tenantId, async (tx) => {
    const actor = systemActor(tenantId);
    const ticket = await lockTicketRow(tx, actor, ticketId);
    if (!ticket) return;
    const at = nowText();
    const clocks = await findClocks(tx, ticketId);
    const changed = clocks.map((clock) => withWarning(clock, at)).filter((clock, index) => clock !== clocks[index]);
    for (const clock of changed) updateClock(tx, ticketId, clock);
    const warned = isOpen(ticket.state) ? changed.filter((clock) => clock.warnedAt === at) : [];
    if (warned.length === 0) return;
    const version = ticket.version + 1;
    for (const { target, dueAt } of warned) {
      addEntry(tx, actor, ticketId, { at, kind: "clock_due_soon", internal: true, data: { target, dueAt } });
    }
    updateTicket(tx, { ...ticket, version, updatedAt: at });
    const data = { targets: warned.map(({ target }) => target), priority: ticket.priority };
    record(tx, actor, "helpdesk.clock_due_soon", { kind: "ticket", id: ticketId, version }, data);
    const [staffId] = ticket.assigneeId ? await activeStaff(tx, ticket.assigneeId) : [];
    if (staffId === undefined) return;
    const calls = await insertWarning(tx, ticketId, staffId, at);
    for (const notificationId of calls) enqueue(tx, "helpdesk.deliver", { tenantId, notificationId });
  });
}
