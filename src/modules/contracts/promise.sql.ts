import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { type SqlText, sql } from "../../platform/sql.ts";
import { PauseReason, type Priority, type Target, type Tier } from "./api.ts";

/**
 * What a customer is promised on a day, as a subquery to be joined laterally to rows aliased `site` and `customer`:
 * `left join lateral ${promiseOn(day)} as promise on true`. One row with `tenant_id, agreement_id, policy_id,
 * policy_version, calendar_id, pausing_reasons, reopen_within_days, close_after_days`, or none when nothing is promised.
 * Without an agreement in force the provider's default policy counts; `calendar_id` is the policy's, else the site's,
 * else the customer's; without any, every hour counts.
 * @param day a date in the site's time zone, as a piece of SQL
 */
export function promiseOn(day: SqlText): SqlText {
  return sql`(
    select sla_policy.tenant_id, in_force.id as agreement_id, sla_policy.id as policy_id,
      sla_policy.version as policy_version, sla_policy.pausing_reasons, sla_policy.reopen_within_days,
      sla_policy.close_after_days,
      coalesce(sla_policy.calendar_id, site.calendar_id, customer.calendar_id) as calendar_id
    from contracts.sla_policy
    left join lateral (
      select agreement.id, agreement.policy_id from contracts.agreement
      where agreement.tenant_id = site.tenant_id and agreement.customer_id = site.customer_id
        and agreement.starts_on <= ${day} and (agreement.ends_on is null or agreement.ends_on >= ${day})
      order by agreement.starts_on desc limit 1) as in_force on true
    where sla_policy.tenant_id = site.tenant_id
      and (sla_policy.id = in_force.policy_id or (in_force.id is null and sla_policy.is_default))
    limit 1)`;
}

/** Minutes by tier and target: `{ vip: { response: 15, restore: 120 } }`. */
export type PromisedByTier = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * A column of the shape `PromisedByTier`: what the policy of the row aliased `promise` promises for one priority.
 * @param priority a piece of SQL, e.g. sql`ticket.priority`
 */
export function promisedByTier(priority: SqlText): SqlText {
  return sql`(
    select coalesce(jsonb_object_agg(by_tier.tier, by_tier.minutes), '{}') from (
      select sla_target.tier, jsonb_object_agg(sla_target.target, sla_target.target_minutes) as minutes
      from contracts.sla_target
      where sla_target.tenant_id = promise.tenant_id and sla_target.policy_id = promise.policy_id
        and sla_target.priority = ${priority}
      group by sla_target.tier) as by_tier)`;
}

/** Minutes of working time for each target that is promised to a tier; what it does not list, it takes from `standard`. */
export function promisedTo(tier: Tier, promised: PromisedByTier): Partial<Record<Target, number>> {
  return { ...promised.standard, ...promised[tier] };
}

const PromiseRow = Type.Object({
  agreementId: orNull(Type.String()),
  policyId: Type.String(),
  policyVersion: Type.Integer(),
  calendarId: orNull(Type.String()),
  calendarVersion: orNull(Type.Integer()),
  pausingReasons: Type.Array(PauseReason),
  reopenWithinDays: Type.Integer(),
  closeAfterDays: Type.Integer(),
  promised: Type.Record(Type.String(), Type.Record(Type.String(), Type.Integer())),
});

export interface SlaPromise extends Omit<Static<typeof PromiseRow>, "promised"> {
  /** Minutes of working time. */
  minutes: Partial<Record<Target, number>>;
}

/** What is promised at a site on a day for a tier and priority, in one query; undefined when nothing is. */
export async function findPromise(
  tx: Tx,
  ask: { siteId: string; on: string; tier: Tier; priority: Priority },
): Promise<SlaPromise | undefined> {
  const row = await tx.maybe(
    PromiseRow,
    sql`select promise.agreement_id as "agreementId", promise.policy_id as "policyId",
        promise.policy_version as "policyVersion", promise.calendar_id as "calendarId",
        calendar.version as "calendarVersion", promise.pausing_reasons as "pausingReasons",
        promise.reopen_within_days as "reopenWithinDays", promise.close_after_days as "closeAfterDays",
        ${promisedByTier(sql`${ask.priority}`)} as promised
      from customers.site
      join customers.customer on customer.tenant_id = site.tenant_id and customer.id = site.customer_id
      cross join lateral ${promiseOn(sql`${ask.on}::date`)} as promise
      left join calendars.calendar on calendar.tenant_id = site.tenant_id and calendar.id = promise.calendar_id
      where site.tenant_id = ${tx.tenantId} and site.id = ${ask.siteId}`,
  );
  if (!row) return undefined;
  const { promised, ...rest } = row;
  return { ...rest, minutes: promisedTo(ask.tier, promised) };
}
