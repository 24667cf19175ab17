import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { oneOf, orNull } from "../../platform/fields.ts";
import { type SqlText, sql } from "../../platform/sql.ts";
import { clockEnd, endedIn, isOpen, livedSince, within } from "./lifetimes.sql.ts";
import { ratingAverages } from "./member-figures.sql.ts";
import type { Part, Period } from "./read-period.ts";
import { inScope, type Scope } from "./service-scope.sql.ts";

const perSite = orNull(Type.String());
/** 1 is the first. */
const perMonth = orNull(Type.Integer());
const average = orNull(Type.Number());

const ticketsOf = (scope: Scope): SqlText => sql`${inScope(scope, sql`ticket.customer_id`, sql`ticket.site_id`)}
  and ${scope.withConfidential ? sql`true` : sql`not ticket.confidential`}`;

const monthOf = (column: SqlText, months: readonly Part[]): SqlText =>
  sql`width_bucket(${column}, ${months.map((month) => month.start)}::timestamptz[])`;

const TicketRow = Type.Object({
  siteId: perSite,
  month: perMonth,
  opened: Type.Integer(),
  resolved: Type.Integer(),
  open: Type.Integer(),
});

/** Rows of two sorts in one pass: per site (`siteId` set), and per month of opening (`month` set, or null outside). */
export function countScopeTickets(tx: Tx, scope: Scope, period: Period, months: readonly Part[]) {
  const isOpened = within(sql`ticket.opened_at`, period);
  return tx.many(
    TicketRow,
    sql`select seen.site_id as "siteId", seen.month, (count(*) filter (where seen.month is not null))::int as opened,
        (count(*) filter (where seen.resolved))::int as resolved, (count(*) filter (where seen.open))::int as open
      from (
        select ticket.site_id, case when ${isOpened} then ${monthOf(sql`ticket.opened_at`, months)} end as month,
          coalesce(${within(sql`ticket.resolved_at`, period)}, false) as resolved, ${isOpen} as open
        from helpdesk.ticket
        where ticket.tenant_id = ${tx.tenantId} and ${ticketsOf(scope)} and ${livedSince(period)}
      ) as seen
      group by grouping sets ((seen.site_id), (seen.month))`,
  );
}

const ClockRow = Type.Object({
  siteId: perSite,
  month: perMonth,
  target: orNull(oneOf("response", "restore", "resolve")),
  met: Type.Integer(),
  breached: Type.Integer(),
});

/** Rows of two sorts: per site, and per month and target. */
export function countScopeClocks(tx: Tx, scope: Scope, period: Period, months: readonly Part[]) {
  return tx.many(
    ClockRow,
    sql`select ended.site_id as "siteId", ended.month, ended.target,
        (count(*) filter (where ended.state = 'met'))::int as met,
        (count(*) filter (where ended.state = 'breached'))::int as breached
      from (
        select ticket.site_id, ${monthOf(clockEnd, months)} as month, clock.target, clock.state
        from helpdesk.ticket
        join helpdesk.clock on clock.tenant_id = ticket.tenant_id and clock.ticket_id = ticket.id and ${endedIn(period)}
        where ticket.tenant_id = ${tx.tenantId} and ${ticketsOf(scope)} and ${livedSince(period)}
          and ticket.opened_at < ${period.end}
      ) as ended
      group by grouping sets ((ended.site_id), (ended.month, ended.target))`,
  );
}

const RatingRow = Type.Object({
  siteId: perSite,
  month: perMonth,
  byContact: orNull(Type.Boolean()),
  count: Type.Integer(),
  satisfied: Type.Integer(),
  overall: average,
  technical: average,
  attitude: average,
  crisisAwareness: average,
});

/** Rows of four sorts: per site, per month, by contacts and by users, and one of all with none of the three set. */
export function averageScopeRatings(tx: Tx, scope: Scope, period: Period, months: readonly Part[]) {
  const isShown = scope.withConfidential
    ? sql`true`
    : sql`exists (
        select from helpdesk.ticket
        where ticket.tenant_id = rating.tenant_id and ticket.id = rating.ticket_id and not ticket.confidential)`;
  return tx.many(
    RatingRow,
    sql`select given.site_id as "siteId", given.month, given.by_contact as "byContact", ${ratingAverages}
      from (
        select rating.site_id, ${monthOf(sql`rating.rated_at`, months)} as month,
          rating.rater_kind = 'contact' as by_contact, rating.overall, rating.technical, rating.attitude,
          rating.crisis_awareness
        from quality.rating
        where rating.tenant_id = ${tx.tenantId} and ${inScope(scope, sql`rating.customer_id`, sql`rating.site_id`)}
          and ${within(sql`rating.rated_at`, period)} and ${isShown}
      ) as given
      group by grouping sets ((given.site_id), (given.month), (given.by_contact), ())`,
  );
}
