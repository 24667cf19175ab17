import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { type SqlText, sql } from "../../platform/sql.ts";
import { TicketState } from "../helpdesk/api.ts";
import { Rating } from "./api.ts";

const columns = sql`rating.id, rating.ticket_id as "ticketId", rating.overall, rating.technical, rating.attitude,
  rating.crisis_awareness as "crisisAwareness", rating.comment, rating.rater_kind as "raterKind",
  rating.engineer_id as "engineerId", rating.created_at as "createdAt", rating.rated_at as "ratedAt", rating.version`;

const Rateable = Type.Object({
  state: TicketState,
  resolvedAt: orNull(Type.String()),
  engineerId: orNull(Type.String()),
  customerId: Type.String(),
  siteId: Type.String(),
  confidential: Type.Boolean(),
  /** Who heard of the ticket from the beginning. */
  people: Type.Array(Type.String()),
  isRequester: Type.Boolean(),
  isContact: Type.Boolean(),
  isStaffToo: Type.Boolean(),
});
export type Rateable = Static<typeof Rateable>;

/** What decides whether an actor may rate a ticket. It does not ask whether the actor may see it. */
export function findRateable(tx: Tx, actor: Actor, ticketId: string): Promise<Rateable | undefined> {
  return tx.maybe(
    Rateable,
    sql`select ticket.state, ticket.resolved_at as "resolvedAt", ticket.assignee_id as "engineerId",
        ticket.customer_id as "customerId", ticket.site_id as "siteId", ticket.confidential,
        array_remove(array[ticket.requester_id, ticket.visitor_id,
          case ticket.opened_by_kind when 'person' then ticket.opened_by_id end], null) as people,
        coalesce(ticket.requester_id = ${actor.id} or ticket.visitor_id = ${actor.id}, false) as "isRequester",
        exists (
          select from customers.affiliation
          where affiliation.tenant_id = ticket.tenant_id and affiliation.customer_id = ticket.customer_id
            and affiliation.person_id = ${actor.id} and affiliation.role = 'contact'
            and (affiliation.site_id is null or affiliation.site_id = ticket.site_id)) as "isContact",
        exists (
          select from identity.membership own
          join identity.membership work on work.login_id = own.login_id and work.tenant_id = own.tenant_id
            and work.kind = 'staff' and work.active
          where own.tenant_id = ${tx.tenantId} and own.subject_id = ${actor.id}) as "isStaffToo"
      from helpdesk.ticket where ticket.tenant_id = ${tx.tenantId} and ticket.id = ${ticketId}`,
  );
}

const isOwn = (actor: Actor): SqlText =>
  actor.kind === "visitor" ? sql`rating.visitor_id = ${actor.id}` : sql`rating.person_id = ${actor.id}`;

/** The actor's own rating of a ticket, which nobody else changes until the transaction ends. */
export function lockOwnRating(tx: Tx, actor: Actor, ticketId: string): Promise<Rating | undefined> {
  return tx.maybe(
    Rating,
    sql`select ${columns} from quality.rating
      where rating.tenant_id = ${tx.tenantId} and rating.ticket_id = ${ticketId} and ${isOwn(actor)} for update`,
  );
}

/** At most 200 of one ticket: whoever may rate it, once each. */
export function listRatings(tx: Tx, actor: Actor, ticketId: string): Promise<Rating[]> {
  const whose = actor.kind === "staff" ? sql`true` : isOwn(actor);
  return tx.many(
    Rating,
    sql`select ${columns} from quality.rating
      where rating.tenant_id = ${tx.tenantId} and rating.ticket_id = ${ticketId} and ${whose}
      order by rating.rated_at, rating.id limit 200`,
  );
}

/** @returns false when the same rater has just rated the ticket in another transaction */
export async function insertRating(
  tx: Tx,
  rating: Rating,
  rater: Actor,
  about: { customerId: string; siteId: string },
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into quality.rating (tenant_id, id, ticket_id, customer_id, site_id, engineer_id, rater_kind, person_id,
      visitor_id, overall, technical, attitude, crisis_awareness, comment, created_at, rated_at, version)
    values (${tx.tenantId}, ${rating.id}, ${rating.ticketId}, ${about.customerId}, ${about.siteId}, ${rating.engineerId},
      ${rating.raterKind}, ${rater.kind === "person" ? rater.id : null}, ${rater.kind === "visitor" ? rater.id : null},
      ${rating.overall}, ${rating.technical}, ${rating.attitude}, ${rating.crisisAwareness}, ${rating.comment},
      ${rating.createdAt}, ${rating.ratedAt}, ${rating.version})
    on conflict do nothing`);
  return inserted === 1;
}

export function updateRating(tx: Tx, rating: Rating): void {
  tx.send(sql`
    update quality.rating set overall = ${rating.overall}, technical = ${rating.technical},
      attitude = ${rating.attitude}, crisis_awareness = ${rating.crisisAwareness}, comment = ${rating.comment},
      rater_kind = ${rating.raterKind}, engineer_id = ${rating.engineerId}, rated_at = ${rating.ratedAt},
      version = ${rating.version}
    where tenant_id = ${tx.tenantId} and id = ${rating.id}`);
}
