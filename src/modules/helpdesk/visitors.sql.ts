import { type Static, Type } from "typebox";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";
import { TicketState } from "./api.ts";

const Visitor = Type.Object({
  id: Type.String(),
  name: orNull(Type.String()),
  email: orNull(Type.String()),
  phone: orNull(Type.String()),
  locale: Type.String(),
});
export type Visitor = Static<typeof Visitor>;

export function insertVisitor(
  tx: Tx,
  visitor: {
    id: string;
    tokenHash: Buffer;
    name: string | null;
    email: string | null;
    phone: string | null;
    locale: string;
  },
): void {
  tx.send(sql`
    insert into helpdesk.visitor (tenant_id, id, token_hash, name, email, phone, locale, created_at)
    values (${tx.tenantId}, ${visitor.id}, ${visitor.tokenHash}, ${visitor.name}, ${visitor.email}, ${visitor.phone},
      ${visitor.locale}, ${nowText()})`);
}

export function findVisitorByToken(tx: Tx, tokenHash: Buffer): Promise<Visitor | undefined> {
  return tx.maybe(
    Visitor,
    sql`select id, name, email, phone, locale from helpdesk.visitor
      where tenant_id = ${tx.tenantId} and token_hash = ${tokenHash}`,
  );
}

/** What the visitor left to be told how it goes. */
export function changeVisitor(
  tx: Tx,
  id: string,
  contact: { name: string | null; email: string | null; phone: string | null },
): Promise<number> {
  return tx.run(sql`
    update helpdesk.visitor set name = coalesce(${contact.name}, name), email = coalesce(${contact.email}, email),
      phone = coalesce(${contact.phone}, phone)
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

const OwnTicket = Type.Object({ id: Type.String() });

/** The report that a visitor's link is about: its newest. */
export function findVisitorTicket(tx: Tx, visitorId: string) {
  return tx.maybe(
    OwnTicket,
    sql`select id from helpdesk.ticket where tenant_id = ${tx.tenantId} and visitor_id = ${visitorId}
      order by id desc limit 1`,
  );
}

const OpenReport = Type.Object({
  number: Type.String(),
  subject: Type.String(),
  state: TicketState,
  openedAt: Type.String(),
});

/** What is already being worked on at a device: so that nobody reports it twice. Without names, anyone may see it. */
export function findOpenReports(tx: Tx, deviceId: string) {
  return tx.many(
    OpenReport,
    sql`select number, subject, state, opened_at as "openedAt" from helpdesk.ticket
      where tenant_id = ${tx.tenantId} and device_id = ${deviceId} and not confidential and kind = 'incident'
        and state not in ('resolved', 'closed', 'cancelled')
      order by id desc limit 5`,
  );
}
