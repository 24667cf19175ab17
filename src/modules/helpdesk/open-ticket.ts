import { type Actor, systemActor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { promisedTo } from "../contracts/index.ts";
import type { OpenTicket, Ticket } from "./api.ts";
import { audienceOf } from "./audience.ts";
import { chooseEngineer } from "./choose-engineer.ts";
import { insertClocks } from "./clocks.sql.ts";
import { defaultEscalation } from "./escalation-policy.ts";
import { addEntries } from "./journal.sql.ts";
import { loadCalendars } from "./load-calendars.ts";
import { findOpening } from "./opening.sql.ts";
import { numberPrefix } from "./priority.ts";
import { ringAssignee } from "./ring.ts";
import { nextDue, show, startClocks } from "./sla-clock.ts";
import { insertTicket, publicTicket, type TicketRow } from "./tickets.sql.ts";

export interface Opened {
  channel: Ticket["channel"];
  /** Set when someone reports by a QR label without signing in. */
  visitorId?: string;
}

/**
 * Opens a ticket: names the promise, starts its clocks, finds the responsible engineer and rings. Ticket, clocks, journal,
 * news and calls are one transaction.
 * @param takeNumber gives the next human number of a prefix
 */
export async function openTicket(
  tx: Tx,
  actor: Actor,
  input: OpenTicket,
  opened: Opened,
  takeNumber: (prefix: string) => Promise<number>,
): Promise<Ticket> {
  if (input.serviceId) throw new Refusal("not_found", "service_unknown", "That service does not exist.");
  const requesterId = requesterOf(actor, input);
  const at = nowText();
  const impact = input.impact ?? "medium";
  const urgency = input.urgency ?? "medium";
  const { siteId, deviceId = null } = input;
  const opening = await findOpening(tx, actor, { siteId, deviceId, requesterId, impact, urgency, at });
  if (!opening) throw new Refusal("not_found", "site_unknown", "That site does not exist.");
  if (deviceId && opening.deviceName === null) {
    throw new Refusal("not_found", "device_unknown", "That device does not exist at this site.");
  }
  if (requesterId && (opening.requesterName === null || opening.requesterTier === null)) {
    throw new Refusal("not_found", "requester_unknown", "That person does not exist at this customer.");
  }
  const kind = input.kind ?? "incident";
  const number = `${numberPrefix(kind)}-${await takeNumber(numberPrefix(kind))}`;
  const engineer = await chooseEngineer(tx, opening, at);
  const { priority, calendarId, calendarVersion } = opening;
  const prepared = await loadCalendars(tx, calendarId ? [{ id: calendarId, version: calendarVersion }] : []);
  const calendars = new Map([...prepared].map(([id, present]) => [id, { present, earlier: [] }]));
  const tier = opening.requesterTier ?? "standard";
  const clocks = startClocks(promisedTo(tier, opening.promised), calendarId, calendars, at);
  const due = nextDue(clocks);
  const row: TicketRow = {
    id: uuidv7(),
    number,
    kind,
    subject: input.subject.trim(),
    description: input.description ?? "",
    state: engineer ? "assigned" : "new",
    pausedFrom: null,
    pauseReason: null,
    pausedUntil: null,
    closesAt: null,
    priority,
    impact,
    urgency,
    channel: opened.channel,
    customerId: opening.customerId,
    customerName: opening.customerName,
    siteId,
    siteName: opening.siteName,
    deviceId,
    deviceName: opening.deviceName,
    serviceId: null,
    requesterId,
    requesterName: opening.requesterName,
    visitorId: opened.visitorId ?? null,
    openedByKind: actor.kind,
    openedById: actor.id,
    assigneeId: engineer?.id ?? null,
    assigneeName: engineer?.name ?? null,
    tier,
    policyId: opening.policyId,
    calendarId,
    confidential: input.confidential ?? false,
    tags: input.tags ?? [],
    openedAt: at,
    assignedAt: engineer ? at : null,
    acknowledgedAt: null,
    departedAt: null,
    arrivedAt: null,
    restoredAt: null,
    resolvedAt: null,
    closedAt: null,
    cancelledAt: null,
    resolution: null,
    cause: null,
    reopenedTimes: 0,
    nextDueAt: due?.dueAt ?? null,
    nextDueTarget: due?.target ?? null,
    overdue: false,
    unansweredSince: null,
    version: 1,
    updatedAt: at,
  };
  insertTicket(tx, row);
  insertClocks(tx, row.id, clocks);
  const told = { at, kind: "opened", data: { channel: row.channel, priority, state: row.state } };
  const routed = {
    at,
    kind: "assigned",
    data: { assigneeId: row.assigneeId, assigneeName: row.assigneeName, by: "routing" },
  };
  addEntries(
    tx,
    row.id,
    engineer
      ? [
          [actor, told],
          [systemActor(tx.tenantId), routed],
        ]
      : [[actor, told]],
  );
  record(
    tx,
    actor,
    "helpdesk.ticket_opened",
    { kind: "ticket", id: row.id, version: 1 },
    { ticketKind: kind, priority, channel: row.channel, assigneeId: row.assigneeId, deviceId },
    audienceOf(row),
  );
  const policy = opening.escalation ?? defaultEscalation(null);
  const waits = policy.waitsForHours.includes(priority);
  const hours = waits && calendarId !== null ? prepared.get(calendarId) : undefined;
  // Where nothing is promised, the hours are the place's own, which only the job looks up.
  const isKnown = engineer && (!waits || opening.policyId);
  ringAssignee(tx, row, at, isKnown ? { ticket: row, policy, hours, reachable: engineer.reachable } : undefined);
  return { ...publicTicket(row), clocks: clocks.map((clock) => show(clock, calendars, [], at)) };
}

/** A user asks for itself; a contact and the desk may ask for someone else. */
function requesterOf(actor: Actor, input: OpenTicket): string | null {
  if (actor.kind !== "person") return input.requesterId ?? null;
  if (!input.requesterId || input.requesterId === actor.id) return actor.id;
  if (actor.roles.includes("contact")) return input.requesterId;
  throw new Refusal("not_found", "requester_unknown", "That person does not exist at this customer.");
}
