import { Type } from "typebox";
import { systemActor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Database } from "../../platform/db.ts";
import { type Reaction, record } from "../../platform/events.ts";
import { orNull } from "../../platform/fields.ts";
import { defineJob, enqueue, type Job } from "../../platform/jobs.ts";
import { audienceOf } from "./audience.ts";
import { findClocks, findPauses, updateClock } from "./clocks.sql.ts";
import { addEntry } from "./journal.sql.ts";
import { loadClockCalendars } from "./load-calendars.ts";
import { byPromise, findPresentPromise } from "./present-promise.ts";
import { nextDue } from "./sla-clock.ts";
import { isOpen } from "./ticket-states.ts";
import { listRunningTickets, lockTicketRow, updateTicket } from "./tickets.sql.ts";

const Revise = Type.Object({
  tenantId: Type.String(),
  calendarId: orNull(Type.String()),
  policyId: orNull(Type.String()),
  customerId: orNull(Type.String()),
});

/**
 * A promise changed under tickets that are open: other hours, other targets, another policy. Their clocks keep what they
 * have counted and their pauses, and are due by the new promise from now on.
 */
export function reviseJob(db: Database): Job {
  return defineJob("helpdesk.revise_promises", Revise, async ({ tenantId, ...changed }) => {
    for (let after: string | undefined; ; ) {
      const ids = await db.asTenant(tenantId, (tx) => listRunningTickets(tx, changed, after));
      for (const id of ids) await reviseTicket(db, tenantId, id);
      after = ids.at(-1);
      if (after === undefined) return;
    }
  });
}

async function reviseTicket(db: Database, tenantId: string, ticketId: string): Promise<void> {
  await db.asTenant(tenantId, async (tx) => {
    const actor = systemActor(tenantId);
    const ticket = await lockTicketRow(tx, actor, ticketId);
    if (!ticket || !isOpen(ticket.state)) return;
    const at = nowText();
    const promise = await findPresentPromise(tx, ticket, at);
    if (!promise) return;
    const [clocks, pauses] = await Promise.all([findClocks(tx, ticketId), findPauses(tx, ticketId)]);
    const { calendarId, policyId, tier } = promise;
    const calendars = await loadClockCalendars(tx, clocks, calendarId);
    const revised = clocks.map((clock) => byPromise(clock, promise, at, calendars, pauses));
    const due = nextDue(revised);
    if (JSON.stringify(revised) === JSON.stringify(clocks) && ticket.policyId === policyId) return;
    const revision = ticket.version + 1;
    const nextDueAt = due?.dueAt ?? null;
    const nextDueTarget = due?.target ?? null;
    updateTicket(tx, {
      ...ticket,
      policyId,
      calendarId,
      tier,
      nextDueAt,
      nextDueTarget,
      version: revision,
      updatedAt: at,
    });
    for (const clock of revised) updateClock(tx, ticketId, clock);
    addEntry(tx, actor, ticketId, { at, kind: "promise_revised", internal: true, data: { policyId, nextDueAt } });
    const subject = { kind: "ticket", id: ticketId, version: revision };
    record(tx, actor, "helpdesk.promise_revised", subject, { policyId }, audienceOf(ticket));
  });
}

const revise =
  (
    changed: (event: { subjectId: string; customerId: string | null }) => Partial<Record<string, string | null>>,
  ): Reaction =>
  async (tx, event) => {
    const nothing = { calendarId: null, policyId: null, customerId: null };
    enqueue(tx, "helpdesk.revise_promises", { tenantId: tx.tenantId, ...nothing, ...changed(event) });
  };

export const promiseReactions: Readonly<Record<string, Reaction>> = {
  "calendars.calendar_changed": revise((event) => ({ calendarId: event.subjectId })),
  "contracts.policy_changed": revise((event) => ({ policyId: event.subjectId })),
  "contracts.agreement_made": revise((event) => ({ customerId: event.customerId })),
  "contracts.agreement_changed": revise((event) => ({ customerId: event.customerId })),
  "customers.site_changed": revise((event) => ({ customerId: event.customerId })),
};
