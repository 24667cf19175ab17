import type { Tx } from "../platform/db.ts";
import { json, type SqlText, sql } from "../platform/sql.ts";
import type {
  HistoricCall,
  HistoricChain,
  HistoricClock,
  HistoricEntry,
  HistoricEvent,
  HistoricPause,
  HistoricRating,
  HistoricTicket,
  HistoricWork,
} from "./history-rows.ts";

const rowsAtOnce = 2000;

function sendInParts<R>(tx: Tx, rows: readonly R[], statement: (part: string) => SqlText): void {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    tx.send(statement(json(rows.slice(from, from + rowsAtOnce))));
  }
}

export function insertVisitors(
  tx: Tx,
  visitors: readonly { id: string; tokenHash: string; name: string | null; locale: string; createdAt: string }[],
): void {
  sendInParts(
    tx,
    visitors,
    (part) => sql`
      insert into helpdesk.visitor (tenant_id, id, token_hash, name, locale, created_at)
      select ${tx.tenantId}::uuid, item.id, decode(item."tokenHash", 'hex'), item.name, item.locale, item."createdAt"
      from jsonb_to_recordset(${part}::jsonb) as item (
        id uuid, "tokenHash" text, name text, locale text, "createdAt" timestamptz)`,
  );
}

export function insertTickets(tx: Tx, tickets: readonly HistoricTicket[]): void {
  sendInParts(
    tx,
    tickets,
    (part) => sql`
      insert into helpdesk.ticket (tenant_id, id, number, kind, subject, description, state, paused_from, pause_reason,
        paused_until, priority, impact, urgency, channel, customer_id, site_id, device_id, requester_id, visitor_id,
        opened_by_kind, opened_by_id, assignee_id, tier, policy_id, calendar_id, tags, opened_at, assigned_at,
        acknowledged_at, departed_at, arrived_at, restored_at, resolved_at, closes_at, closed_at, cancelled_at, resolution,
        cause, reopened_times, next_due_at, next_due_target, version, updated_at)
      select ${tx.tenantId}::uuid, item.id, item.number, item.kind, item.subject, item.description, item.state,
        item."pausedFrom", item."pauseReason", item."pausedUntil", item.priority, item.impact, item.urgency, item.channel,
        item."customerId", item."siteId", item."deviceId", item."requesterId", item."visitorId", item."openedByKind",
        item."openedById", item."assigneeId", item.tier, item."policyId", item."calendarId", item.tags, item."openedAt",
        item."assignedAt", item."acknowledgedAt", item."departedAt", item."arrivedAt", item."restoredAt",
        item."resolvedAt", item."closesAt", item."closedAt", item."cancelledAt", item.resolution, item.cause,
        item."reopenedTimes", item."nextDueAt", item."nextDueTarget", item.version, item."updatedAt"
      from jsonb_to_recordset(${part}::jsonb) as item (id uuid, number text, kind text, subject text, description text,
        state text, "pausedFrom" text, "pauseReason" text, "pausedUntil" timestamptz, priority text, impact text,
        urgency text, channel text, "customerId" uuid, "siteId" uuid, "deviceId" uuid, "requesterId" uuid,
        "visitorId" uuid, "openedByKind" text, "openedById" uuid, "assigneeId" uuid, tier text, "policyId" uuid,
        "calendarId" uuid, tags text[], "openedAt" timestamptz, "assignedAt" timestamptz, "acknowledgedAt" timestamptz,
        "departedAt" timestamptz, "arrivedAt" timestamptz, "restoredAt" timestamptz, "resolvedAt" timestamptz,
        "closesAt" timestamptz, "closedAt" timestamptz, "cancelledAt" timestamptz, resolution text, cause text,
        "reopenedTimes" int, "nextDueAt" timestamptz, "nextDueTarget" text, version int, "updatedAt" timestamptz)`,
  );
}

export function insertClocks(tx: Tx, clocks: readonly HistoricClock[]): void {
  sendInParts(
    tx,
    clocks,
    (part) => sql`
      insert into helpdesk.clock (tenant_id, ticket_id, target, state, calendar_id, target_minutes, counted_from,
        earlier_segments, due_at, met_at, breached_at, warn_at)
      select ${tx.tenantId}::uuid, item."ticketId", item.target, item.state, item."calendarId", item."targetMinutes",
        item."countedFrom", item."earlierSegments", item."dueAt", item."metAt", item."breachedAt", item."warnAt"
      from jsonb_to_recordset(${part}::jsonb) as item ("ticketId" uuid, target text, state text, "calendarId" uuid,
        "targetMinutes" int, "countedFrom" timestamptz, "earlierSegments" jsonb, "dueAt" timestamptz,
        "metAt" timestamptz, "breachedAt" timestamptz, "warnAt" timestamptz)`,
  );
}

export function insertPauses(tx: Tx, pauses: readonly HistoricPause[]): void {
  sendInParts(
    tx,
    pauses,
    (part) => sql`
      insert into helpdesk.pause (tenant_id, id, ticket_id, reason, targets, from_at, to_at)
      select ${tx.tenantId}::uuid, item.id, item."ticketId", item.reason, item.targets, item."fromAt", item."toAt"
      from jsonb_to_recordset(${part}::jsonb) as item (id uuid, "ticketId" uuid, reason text, targets text[],
        "fromAt" timestamptz, "toAt" timestamptz)`,
  );
}

export function insertJournal(tx: Tx, entries: readonly HistoricEntry[]): void {
  sendInParts(
    tx,
    entries,
    (part) => sql`
      insert into helpdesk.journal (tenant_id, id, ticket_id, at, kind, internal, actor_kind, actor_id, text, data)
      select ${tx.tenantId}::uuid, item.id, item."ticketId", item.at, item.kind, item.internal, item."actorKind",
        item."actorId", item.text, item.data
      from jsonb_to_recordset(${part}::jsonb) as item (id uuid, "ticketId" uuid, at timestamptz, kind text,
        internal boolean, "actorKind" text, "actorId" uuid, text text, data jsonb)`,
  );
}

/** Old news: it has been delivered, so nobody reacts to it again. */
export function insertEvents(tx: Tx, events: readonly HistoricEvent[]): void {
  sendInParts(
    tx,
    events,
    (part) => sql`
      insert into platform.event (tenant_id, id, type, subject_kind, subject_id, subject_version, data, actor_kind,
        actor_id, customer_id, site_id, audience, recorded_at, delivered_at)
      select ${tx.tenantId}::uuid, item.id, item.type, item."subjectKind", item."subjectId", item."subjectVersion",
        item.data, item."actorKind", item."actorId", item."customerId", item."siteId", item.audience, item."recordedAt",
        item."deliveredAt"
      from jsonb_to_recordset(${part}::jsonb) as item (id uuid, type text, "subjectKind" text, "subjectId" uuid,
        "subjectVersion" int, data jsonb, "actorKind" text, "actorId" uuid, "customerId" uuid, "siteId" uuid,
        audience uuid[], "recordedAt" timestamptz, "deliveredAt" timestamptz)`,
  );
}

export function insertWorkEntries(tx: Tx, work: readonly HistoricWork[]): void {
  sendInParts(
    tx,
    work,
    (part) => sql`
      insert into helpdesk.work_entry (tenant_id, id, ticket_id, staff_id, minutes, kind, note, worked_at)
      select ${tx.tenantId}::uuid, item.id, item."ticketId", item."staffId", item.minutes, item.kind, item.note,
        item."workedAt"
      from jsonb_to_recordset(${part}::jsonb) as item (id uuid, "ticketId" uuid, "staffId" uuid, minutes int, kind text,
        note text, "workedAt" timestamptz)`,
  );
}

export function insertCalls(tx: Tx, calls: readonly HistoricCall[], chains: readonly HistoricChain[]): void {
  sendInParts(
    tx,
    calls,
    (part) => sql`
      insert into helpdesk.notification (tenant_id, id, ticket_id, staff_id, channel, reason, state, created_at, sent_at,
        acknowledged_at, version, chain_id, round)
      select ${tx.tenantId}::uuid, item.id, item."ticketId", item."staffId", 'in_app', item.reason, item.state,
        item."createdAt", item."createdAt", item."acknowledgedAt", item.version, item."chainId", item.round
      from jsonb_to_recordset(${part}::jsonb) as item (id uuid, "ticketId" uuid, "staffId" uuid, reason text, state text,
        "createdAt" timestamptz, "acknowledgedAt" timestamptz, version int, "chainId" uuid, round int)`,
  );
  sendInParts(
    tx,
    chains,
    (part) => sql`
      insert into helpdesk.call_chain (tenant_id, ticket_id, id, assignee_id, began_at, turn, step, step_rung_at, rung_at,
        unanswered_since, ended_at)
      select ${tx.tenantId}::uuid, item."ticketId", item.id, item."assigneeId", item."beganAt", item.turn, item.step,
        item."rungAt", item."rungAt", item."unansweredSince", item."endedAt"
      from jsonb_to_recordset(${part}::jsonb) as item ("ticketId" uuid, id uuid, "assigneeId" uuid,
        "beganAt" timestamptz, turn int, step int, "rungAt" timestamptz, "unansweredSince" timestamptz,
        "endedAt" timestamptz)`,
  );
}

export function insertSearchTerms(tx: Tx, words: readonly { ticketId: string; terms: string[] }[]): void {
  sendInParts(
    tx,
    words,
    (part) => sql`
      insert into helpdesk.ticket_search (tenant_id, ticket_id, terms)
      select ${tx.tenantId}::uuid, item."ticketId", array_to_tsvector(item.terms)
      from jsonb_to_recordset(${part}::jsonb) as item ("ticketId" uuid, terms text[])`,
  );
}

export function insertRatings(tx: Tx, ratings: readonly HistoricRating[]): void {
  sendInParts(
    tx,
    ratings,
    (part) => sql`
      insert into quality.rating (tenant_id, id, ticket_id, customer_id, site_id, engineer_id, rater_kind, person_id,
        visitor_id, overall, technical, attitude, crisis_awareness, comment, created_at, rated_at)
      select ${tx.tenantId}::uuid, item.id, item."ticketId", item."customerId", item."siteId", item."engineerId",
        item."raterKind", item."personId", item."visitorId", item.overall, item.technical, item.attitude,
        item."crisisAwareness", item.comment, item."ratedAt", item."ratedAt"
      from jsonb_to_recordset(${part}::jsonb) as item (id uuid, "ticketId" uuid, "customerId" uuid, "siteId" uuid,
        "engineerId" uuid, "raterKind" text, "personId" uuid, "visitorId" uuid, overall int, technical int, attitude int,
        "crisisAwareness" int, comment text, "ratedAt" timestamptz)`,
  );
}

export function insertNextNumbers(tx: Tx, numbers: ReadonlyMap<string, number>): void {
  const rows = json([...numbers].map(([kind, next]) => ({ kind, next })));
  tx.send(sql`
    insert into platform.number_block (tenant_id, kind, next_number)
    select ${tx.tenantId}::uuid, item.kind, item.next
    from jsonb_to_recordset(${rows}::jsonb) as item (kind text, next int)`);
}
