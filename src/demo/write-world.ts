import { randomBytes } from "node:crypto";
import { makeDeviceCode } from "../modules/devices/index.ts";
import { instantText } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { enqueue } from "../platform/jobs.ts";
import { type Directory, of } from "./directory.ts";
import type { HistoricEvent, Who } from "./history-rows.ts";
import type { History } from "./make-history.ts";
import type { Random } from "./random.ts";
import type { TicketLife } from "./ticket-life.ts";
import { searchTerms } from "./ticket-rules.ts";
import {
  insertCalendars,
  insertCustomers,
  insertDevices,
  insertNamedEngineers,
  insertPeople,
  insertPromises,
  insertSites,
} from "./write-directory.sql.ts";
import {
  insertCalls,
  insertClocks,
  insertEvents,
  insertJournal,
  insertNextNumbers,
  insertPauses,
  insertRatings,
  insertSearchTerms,
  insertTickets,
  insertVisitors,
  insertWorkEntries,
} from "./write-history.sql.ts";
import { insertDuties, insertMembers, insertMemberships, insertOnCall } from "./write-staff.sql.ts";

/** Writes everyone and everything into the tables of their modules. */
export function writeDirectory(tx: Tx, directory: Directory, random: Random): void {
  const { foundedAt: at, staff, calendars, customers, promises, sites, people } = directory;
  const calendarId = (key: Parameters<typeof calendars.get>[0]) => of(calendars, key).id;
  const founded = Date.parse(at);
  const day = at.slice(0, 10);
  const { csm, tam } = { csm: of(staff, "csm").id, tam: of(staff, "tam").id };

  insertMembers(tx, [...staff.values()], at);
  insertCalendars(tx, [...calendars.values()], at);
  const duties = [...staff.values()].flatMap(({ id, duty }) =>
    duty ? [{ staffId: id, calendarId: calendarId(duty) }] : [],
  );
  insertDuties(tx, duties);
  const onCall = (["raman", "zhou", "liang", "hanh", "bao"] as const).map((key) => of(staff, key).id);
  const rota = { id: random.idAt(founded), name: "Engineers on call", timeZone: "Asia/Hong_Kong", startsOn: day };
  insertOnCall(tx, { ...rota, members: onCall }, at);
  insertCustomers(
    tx,
    [...customers.values()].map(({ calendar, ...customer }) => ({
      ...customer,
      calendarId: calendarId(calendar),
      csmId: csm,
      tamId: customer.key === "agent" ? null : tam,
    })),
    at,
  );
  const agreements = [...customers.values()].map(({ id, key }) => ({
    id: random.idAt(founded),
    customerId: id,
    policyId: of(promises, key).id,
    startsOn: day,
    endsOn: null,
  }));
  const office = calendarId("office");
  const policies = [...promises].map(([key, promise]) => ({
    ...promise,
    isDefault: key === "others",
    calendarId: key === "others" ? office : null,
  }));
  insertPromises(tx, policies, agreements, at);
  insertSites(
    tx,
    sites.map(({ calendar, ...site }) => ({ ...site, calendarId: calendarId(calendar) })),
    at,
  );
  insertNamedEngineers(tx, namedEngineers(directory, random, founded));
  insertPeople(tx, people, at);
  const roles = people.map((person) => ({ ...person, roles: [person.role] }));
  insertMemberships(tx, "person", roles, at);
  insertDevices(
    tx,
    directory.devices.map(({ site, model, ...device }) => ({
      ...device,
      siteId: site.id,
      type: model.type,
      manufacturer: model.manufacturer,
      model: model.model,
      code: makeDeviceCode(),
    })),
  );
  insertEvents(tx, foundingEvents(directory, random));
}

function namedEngineers({ customers, sites, staff }: Directory, random: Random, founded: number) {
  const named = [
    ...[...customers.values()].map(({ id, engineers }) => ({ customerId: id, siteId: null, engineers })),
    ...sites.map(({ id, customerId, engineers }) => ({ customerId, siteId: id, engineers })),
  ];
  return named.flatMap(({ engineers, ...place }) =>
    engineers.map((key, index) => ({
      ...place,
      id: random.idAt(founded),
      staffId: of(staff, key).id,
      rank: index + 1,
    })),
  );
}

/** How it began, for the audit log. */
function foundingEvents({ tenantId, foundedAt, staff, customers, sites }: Directory, random: Random): HistoricEvent[] {
  const owner: Who = { kind: "staff", id: of(staff, "owner").id };
  const founded = Date.parse(foundedAt);
  const event = (type: string, kind: string, id: string, data: object = {}, place: object = {}): HistoricEvent => ({
    id: random.idAt(founded),
    type,
    subjectKind: kind,
    subjectId: id,
    subjectVersion: 1,
    data: { ...data },
    actorKind: owner.kind,
    actorId: owner.id,
    customerId: null,
    siteId: null,
    audience: [],
    recordedAt: foundedAt,
    deliveredAt: instantText(founded + 4),
    ...place,
  });
  return [
    event("identity.provider_created", "provider", tenantId),
    ...[...staff.values()].map(({ id, roles }) => event("identity.member_added", "member", id, { roles })),
    ...[...customers.values()].map(({ id }) =>
      event("customers.customer_created", "customer", id, {}, { customerId: id }),
    ),
    ...sites.map(({ id, customerId }) => event("customers.site_created", "site", id, {}, { customerId, siteId: id })),
  ];
}

/** Writes what has happened. What is still going on goes on: someone unanswered is rung again, a pause ends by itself. */
export function writeHistory(tx: Tx, { lives, visitors, nextNumbers }: History): void {
  const all = <R>(rowsOf: (life: TicketLife) => readonly R[]): R[] => lives.flatMap((life) => [...rowsOf(life)]);
  insertVisitors(
    tx,
    visitors.map((visitor) => ({
      ...visitor,
      createdAt: instantText(visitor.createdAt),
      // Of a link that nobody has.
      tokenHash: randomBytes(32).toString("hex"),
    })),
  );
  insertTickets(
    tx,
    all((life) => [life.row]),
  );
  insertClocks(
    tx,
    all(({ row, clocks }) => clocks.map((clock) => ({ ...clock, ticketId: row.id }))),
  );
  insertPauses(
    tx,
    all(({ row, pauses }) => pauses.map((pause) => ({ ...pause, ticketId: row.id }))),
  );
  insertJournal(
    tx,
    all(({ record }) => record.journal),
  );
  insertEvents(
    tx,
    all(({ record }) => record.events),
  );
  insertWorkEntries(
    tx,
    all(({ record }) => record.work),
  );
  insertCalls(
    tx,
    all(({ record }) => record.calls),
    all(({ record }) => [record.chain]),
  );
  insertRatings(
    tx,
    all(({ record }) => record.ratings),
  );
  insertSearchTerms(
    tx,
    all((life) => [{ ticketId: life.row.id, terms: termsOf(life) }]),
  );
  insertNextNumbers(tx, nextNumbers);
  for (const life of lives) goOn(tx, life);
}

function termsOf({ row, record }: TicketLife): string[] {
  const replies = record.journal.flatMap(({ kind, text }) => (kind === "reply" && text ? [text] : []));
  return searchTerms([row.subject, row.description, row.resolution ?? "", ...replies].join(" "));
}

function goOn(tx: Tx, { row, pauses, record: { chain } }: TicketLife): void {
  const { tenantId } = tx;
  if (chain.endedAt === null && chain.unansweredSince === null && (row.state === "new" || row.state === "assigned")) {
    enqueue(tx, "helpdesk.ring", { tenantId, ticketId: row.id, chainId: chain.id, turn: 0 });
  }
  const open = pauses.find(({ toAt }) => toAt === null);
  if (open && row.pausedUntil) {
    const payload = { tenantId, ticketId: row.id, pauseId: open.id };
    enqueue(tx, "helpdesk.resume", payload, { runAt: row.pausedUntil });
  }
}
