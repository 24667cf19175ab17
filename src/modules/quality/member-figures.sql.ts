import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { type SqlText, sql } from "../../platform/sql.ts";
import { Remark } from "./api.ts";
import { endedIn, isOpen, livedSince, within } from "./lifetimes.sql.ts";
import type { Part, Period } from "./read-period.ts";

const average = orNull(Type.Number());

export const MemberRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  active: Type.Boolean(),
  open: Type.Integer(),
  resolved: Type.Integer(),
  visits: Type.Integer(),
  remote: Type.Integer(),
  onSite: Type.Integer(),
  travel: Type.Integer(),
  responseMet: Type.Integer(),
  responseBreached: Type.Integer(),
  restoreMet: Type.Integer(),
  restoreBreached: Type.Integer(),
  resolveMet: Type.Integer(),
  resolveBreached: Type.Integer(),
  ratingCount: Type.Integer(),
  satisfied: Type.Integer(),
  overall: average,
  technical: average,
  attitude: average,
  crisisAwareness: average,
});
export type MemberRow = Static<typeof MemberRow>;

const sum = (minutes: SqlText) => sql`coalesce(sum(minutes) filter (where ${minutes}), 0)::int`;
const ended = (target: string, state: string) =>
  sql`(count(*) filter (where clock.target = ${target} and clock.state = ${state}))::int`;

/**
 * The headline figures of one member, or of all engineers and whoever else did an engineer's work in the period. A ticket
 * and its promises count for who has it, and so, once resolved, for who resolved it; work and ratings for whose they are.
 */
export function findMemberRows(tx: Tx, period: Period, memberId?: string): Promise<MemberRow[]> {
  const { tenantId } = tx;
  const whose = (column: SqlText) =>
    memberId === undefined ? sql`${column} is not null` : sql`${column} = ${memberId}`;
  const isListed =
    memberId === undefined
      ? sql`(staff.active and 'engineer' = any(staff.roles) or held.staff_id is not null or work.staff_id is not null
          or rated.staff_id is not null)`
      : sql`staff.id = ${memberId}`;
  return tx.many(
    MemberRow,
    sql`with held as (
        select ticket.assignee_id as staff_id, (count(*) filter (where ${isOpen}))::int as open,
          (count(*) filter (where ${within(sql`ticket.resolved_at`, period)}))::int as resolved,
          (count(*) filter (where ${within(sql`ticket.arrived_at`, period)}))::int as visits
        from helpdesk.ticket
        where ticket.tenant_id = ${tenantId} and ${whose(sql`ticket.assignee_id`)} and ${livedSince(period)}
        group by ticket.assignee_id
      ), promised as (
        select ticket.assignee_id as staff_id,
          ${ended("response", "met")} as response_met, ${ended("response", "breached")} as response_breached,
          ${ended("restore", "met")} as restore_met, ${ended("restore", "breached")} as restore_breached,
          ${ended("resolve", "met")} as resolve_met, ${ended("resolve", "breached")} as resolve_breached
        from helpdesk.ticket
        join helpdesk.clock on clock.tenant_id = ticket.tenant_id and clock.ticket_id = ticket.id and ${endedIn(period)}
        where ticket.tenant_id = ${tenantId} and ${whose(sql`ticket.assignee_id`)} and ${livedSince(period)}
          and ticket.opened_at < ${period.end}
        group by ticket.assignee_id
      ), work as (
        select staff_id, ${sum(sql`kind = 'remote'`)} as remote, ${sum(sql`kind = 'on_site'`)} as on_site,
          ${sum(sql`kind = 'travel'`)} as travel
        from helpdesk.work_entry
        where work_entry.tenant_id = ${tenantId} and ${whose(sql`work_entry.staff_id`)}
          and ${within(sql`work_entry.worked_at`, period)}
        group by staff_id
      ), rated as (
        select engineer_id as staff_id, ${ratingAverages}
        from quality.rating
        where rating.tenant_id = ${tenantId} and ${whose(sql`rating.engineer_id`)} and ${within(sql`rating.rated_at`, period)}
        group by engineer_id
      )
      select staff.id, staff.name, staff.active, coalesce(held.open, 0) as open, coalesce(held.resolved, 0) as resolved,
        coalesce(held.visits, 0) as visits, coalesce(work.remote, 0) as remote, coalesce(work.on_site, 0) as "onSite",
        coalesce(work.travel, 0) as travel,
        coalesce(response_met, 0) as "responseMet", coalesce(response_breached, 0) as "responseBreached",
        coalesce(restore_met, 0) as "restoreMet", coalesce(restore_breached, 0) as "restoreBreached",
        coalesce(resolve_met, 0) as "resolveMet", coalesce(resolve_breached, 0) as "resolveBreached",
        coalesce(rated.count, 0) as "ratingCount", coalesce(rated.satisfied, 0) as satisfied, rated.overall,
        rated.technical, rated.attitude, rated."crisisAwareness"
      from identity.staff
      left join held on held.staff_id = staff.id left join promised on promised.staff_id = staff.id
      left join work on work.staff_id = staff.id left join rated on rated.staff_id = staff.id
      where staff.tenant_id = ${tenantId} and ${isListed}
      order by staff.sort_name, staff.id limit 500`,
  );
}

/** Averages are of those who said anything; null when nobody did. */
export const ratingAverages = sql`count(*)::int as count, (count(*) filter (where overall >= 4))::int as satisfied,
  avg(overall)::float8 as overall, avg(technical)::float8 as technical, avg(attitude)::float8 as attitude,
  avg(crisis_awareness)::float8 as "crisisAwareness"`;

/** The median number of tickets resolved, over all who resolved any. */
export async function findTypicalResolved(tx: Tx, period: Period): Promise<number | null> {
  const { median } = await tx.one(
    Type.Object({ median: average }),
    sql`select percentile_cont(0.5) within group (order by by_member.resolved) as median from (
        select count(*)::float8 as resolved from helpdesk.ticket
        where ticket.tenant_id = ${tx.tenantId} and ticket.assignee_id is not null
          and ${within(sql`ticket.resolved_at`, period)}
        group by ticket.assignee_id) as by_member`,
  );
  return median;
}

const WeekRow = Type.Object({
  week: Type.Integer({ description: "1 is the first" }),
  resolved: Type.Integer(),
  minutes: Type.Integer(),
  ratingCount: Type.Integer(),
  overall: average,
});

/** What happened in each week in which anything did. */
export function findMemberWeeks(tx: Tx, period: Period, weeks: readonly Part[], memberId: string) {
  const weekOf = (column: SqlText) => sql`width_bucket(${column}, ${weeks.map((week) => week.start)}::timestamptz[])`;
  return tx.many(
    WeekRow,
    sql`select week, sum(resolved)::int as resolved, sum(minutes)::int as minutes, count(overall)::int as "ratingCount",
        avg(overall)::float8 as overall
      from (
        select ${weekOf(sql`ticket.resolved_at`)} as week, 1 as resolved, 0 as minutes, null::int as overall
        from helpdesk.ticket
        where ticket.tenant_id = ${tx.tenantId} and ticket.assignee_id = ${memberId}
          and ${within(sql`ticket.resolved_at`, period)}
        union all
        select ${weekOf(sql`work_entry.worked_at`)}, 0, work_entry.minutes, null from helpdesk.work_entry
        where work_entry.tenant_id = ${tx.tenantId} and work_entry.staff_id = ${memberId}
          and ${within(sql`work_entry.worked_at`, period)}
        union all
        select ${weekOf(sql`rating.rated_at`)}, 0, 0, rating.overall from quality.rating
        where rating.tenant_id = ${tx.tenantId} and rating.engineer_id = ${memberId}
          and ${within(sql`rating.rated_at`, period)}
      ) as happened group by week`,
  );
}

const helpedWith = (memberId: string) => sql`exists (
  select from helpdesk.work_entry
  where work_entry.tenant_id = rating.tenant_id and work_entry.ticket_id = rating.ticket_id
    and work_entry.staff_id = ${memberId})`;

/** The newest 50 ratings of what a member solved or helped to solve. */
export function findRemarks(tx: Tx, period: Period, memberId: string): Promise<Remark[]> {
  const of = (condition: SqlText) => sql`(
    select rating.* from quality.rating
    where rating.tenant_id = ${tx.tenantId} and ${within(sql`rating.rated_at`, period)} and ${condition}
    order by rating.rated_at desc, rating.id desc limit 50)`;
  return tx.many(
    Remark,
    sql`select rating.ticket_id as "ticketId", ticket.number, ticket.subject, rating.rated_at as at, rating.overall,
        rating.technical, rating.attitude, rating.crisis_awareness as "crisisAwareness", rating.comment,
        rating.rater_kind as "byKind",
        case when rating.engineer_id = ${memberId} then 'solved' else 'helped' end as part
      from (
        ${of(sql`rating.engineer_id = ${memberId}`)}
        union all
        ${of(sql`rating.engineer_id is distinct from ${memberId} and ${helpedWith(memberId)}`)}
      ) as rating
      join helpdesk.ticket on ticket.tenant_id = rating.tenant_id and ticket.id = rating.ticket_id
      where ticket.tenant_id = ${tx.tenantId} order by rating.rated_at desc, rating.id desc limit 50`,
  );
}

/** Of tickets that others solved and this member worked on. */
export function findHelped(tx: Tx, period: Period, memberId: string) {
  return tx.one(
    Type.Object({ count: Type.Integer(), overall: average }),
    sql`select count(*)::int as count, avg(rating.overall)::float8 as overall from quality.rating
      where rating.tenant_id = ${tx.tenantId} and ${within(sql`rating.rated_at`, period)}
        and rating.engineer_id is distinct from ${memberId} and ${helpedWith(memberId)}`,
  );
}
