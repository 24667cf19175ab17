import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { LogWork, Say } from "./api.ts";
import { adoptAttachments } from "./attachments.sql.ts";
import { audienceOf } from "./audience.ts";
import { findClocks, updateClock } from "./clocks.sql.ts";
import { addEntry } from "./journal.sql.ts";
import { meet, nextDue } from "./sla-clock.ts";
import { isOpen } from "./ticket-states.ts";
import { lockTicketRow, type TicketRow, updateTicket } from "./tickets.sql.ts";
import { insertWork } from "./work.sql.ts";

/** A note: internal, always, by whoever writes it. */
export async function addNote(tx: Tx, actor: Actor, ticketId: string, said: Say): Promise<{ version: number }> {
  const ticket = await changed(tx, actor, ticketId);
  await adoptAttachments(tx, actor, ticketId, said.attachmentIds ?? [], true);
  const data = said.attachmentIds?.length ? { attachmentIds: said.attachmentIds } : {};
  addEntry(tx, actor, ticketId, { at: ticket.updatedAt, kind: "note", internal: true, text: said.text, data });
  updateTicket(tx, ticket);
  record(tx, actor, "helpdesk.note_added", { kind: "ticket", id: ticketId, version: ticket.version });
  return { version: ticket.version };
}

/** A reply: everyone who sees the ticket sees it. The first one by staff is the response that was promised. */
export async function addReply(tx: Tx, actor: Actor, ticketId: string, said: Say): Promise<{ version: number }> {
  const ticket = await changed(tx, actor, ticketId);
  await adoptAttachments(tx, actor, ticketId, said.attachmentIds ?? [], false);
  const data = said.attachmentIds?.length ? { attachmentIds: said.attachmentIds } : {};
  addEntry(tx, actor, ticketId, { at: ticket.updatedAt, kind: "reply", text: said.text, data });
  updateTicket(tx, actor.kind === "staff" ? await responded(tx, ticket) : ticket);
  record(
    tx,
    actor,
    "helpdesk.reply_added",
    { kind: "ticket", id: ticketId, version: ticket.version },
    {},
    audienceOf(ticket),
  );
  return { version: ticket.version };
}

/** Time spent, travel apart. */
export async function logWork(tx: Tx, actor: Actor, ticketId: string, work: LogWork) {
  const ticket = await changed(tx, actor, ticketId);
  if (ticket.state === "cancelled") {
    throw new Refusal("conflict", "wrong_state", "Time cannot be logged on a cancelled ticket.", {
      state: "cancelled",
    });
  }
  const entry = await insertWork(tx, actor.id, ticketId, work, ticket.updatedAt);
  const data = { minutes: work.minutes, kind: work.kind };
  addEntry(tx, actor, ticketId, { at: ticket.updatedAt, kind: "work", internal: true, text: work.note ?? null, data });
  updateTicket(tx, ticket);
  record(tx, actor, "helpdesk.work_logged", { kind: "ticket", id: ticketId, version: ticket.version }, data);
  return entry;
}

async function changed(tx: Tx, actor: Actor, ticketId: string): Promise<TicketRow> {
  const ticket = await lockTicketRow(tx, actor, ticketId);
  if (!ticket) throw new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");
  return { ...ticket, version: ticket.version + 1, updatedAt: nowText() };
}

async function responded(tx: Tx, ticket: TicketRow): Promise<TicketRow> {
  const clocks = await findClocks(tx, ticket.id);
  const met = clocks.map((clock) => (clock.target === "response" ? meet(clock, ticket.updatedAt) : clock));
  for (const [index, clock] of met.entries()) if (clock !== clocks[index]) updateClock(tx, ticket.id, clock);
  const due = isOpen(ticket.state) ? nextDue(met) : undefined;
  return { ...ticket, nextDueAt: due?.dueAt ?? null, nextDueTarget: due?.target ?? null };
}

/** The answer of a note or reply. */
export const Said = Type.Object({ version: Type.Integer() });
