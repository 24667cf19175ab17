import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";
import { promisedByTier, promiseOn, Tier } from "../contracts/index.ts";
import { visiblePeople, visibleSites } from "../customers/index.ts";
import { Priority as PriorityField } from "./api.ts";
import { Escalation } from "./api-calls.ts";
import { escalationJson } from "./escalation.sql.ts";
import type { Level, Priority } from "./priority.ts";
import { askedPriority } from "./priority-matrix.sql.ts";

const Engineer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  calendarId: orNull(Type.String()),
  calendarVersion: orNull(Type.Integer()),
  away: Type.Boolean(),
  /** Whether anything beyond the app rings at this engineer's. */
  reachable: Type.Boolean(),
});
export type Engineer = Static<typeof Engineer>;

const isReachable = sql`exists (
  select from helpdesk.contact_point
  where contact_point.tenant_id = staff.tenant_id and contact_point.staff_id = staff.id and contact_point.active)`;

/** Everything that opening a ticket asks of a site, in one round trip. */
const Opening = Type.Object({
  siteName: Type.String(),
  customerId: Type.String(),
  customerName: Type.String(),
  deviceName: orNull(Type.String()),
  deviceType: orNull(Type.String()),
  requesterName: orNull(Type.String()),
  requesterTier: orNull(Tier),
  priority: PriorityField,
  policyId: orNull(Type.String()),
  calendarId: orNull(Type.String()),
  calendarVersion: orNull(Type.Integer()),
  promised: Type.Record(Type.String(), Type.Record(Type.String(), Type.Integer())),
  engineers: Type.Array(Engineer),
  escalation: orNull(Escalation),
});
export type Opening = Static<typeof Opening>;

export interface Asked {
  siteId: string;
  deviceId: string | null;
  requesterId: string | null;
  impact: Level;
  urgency: Level;
  /** Without one, impact and urgency make it by the provider's matrix. */
  priority?: Priority | undefined;
  at: string;
}

export function findOpening(tx: Tx, actor: Actor, ask: Asked): Promise<Opening | undefined> {
  return tx.maybe(
    Opening,
    sql`select site.name as "siteName", site.customer_id as "customerId", customer.name as "customerName",
        device.name as "deviceName", device.type as "deviceType", person.name as "requesterName",
        (select affiliation.tier from customers.affiliation
          where affiliation.tenant_id = site.tenant_id and affiliation.customer_id = site.customer_id
            and affiliation.person_id = person.id
          order by (affiliation.site_id = site.id) desc nulls last, affiliation.role desc limit 1) as "requesterTier",
        asked.priority, promise.policy_id as "policyId", calendar.id as "calendarId", calendar.version as "calendarVersion",
        ${promisedByTier(sql`asked.priority`)} as promised,
        (select coalesce(json_agg(named.engineer), '[]'::json) from (
          select json_build_object('id', staff.id, 'name', staff.name, 'calendarId', duty.calendar_id,
              'calendarVersion', hours.version,
              'away', coalesce(duty.away_from <= ${ask.at} and duty.away_until > ${ask.at}, false),
              'reachable', ${isReachable}) as engineer
          from customers.named_engineer
          join identity.staff on staff.tenant_id = named_engineer.tenant_id and staff.id = named_engineer.staff_id
            and staff.active
          left join helpdesk.duty on duty.tenant_id = named_engineer.tenant_id and duty.staff_id = staff.id
          left join calendars.calendar hours on hours.tenant_id = named_engineer.tenant_id and hours.id = duty.calendar_id
          where named_engineer.tenant_id = site.tenant_id and named_engineer.customer_id = site.customer_id
            and (named_engineer.site_id = site.id or named_engineer.site_id is null)
          order by named_engineer.site_id nulls last, named_engineer.rank limit 10) as named) as engineers,
        (select ${escalationJson} from (select site.tenant_id) as ticket) as escalation
      from customers.site
      cross join (select ${askedPriority(tx, ask)} as priority) as asked
      join customers.customer on customer.tenant_id = site.tenant_id and customer.id = site.customer_id
      left join devices.device on device.tenant_id = site.tenant_id and device.id = ${ask.deviceId}
        and device.site_id = site.id and device.status <> 'retired'
      left join customers.person on person.tenant_id = site.tenant_id and person.id = ${ask.requesterId}
        and person.archived_at is null and ${visiblePeople(actor)}
      left join lateral ${promiseOn(sql`(${ask.at}::timestamptz at time zone site.time_zone)::date`)} as promise on true
      left join calendars.calendar on calendar.tenant_id = site.tenant_id
        and calendar.id = promise.calendar_id
      where site.tenant_id = ${tx.tenantId} and site.id = ${ask.siteId} and site.archived_at is null
        and (${visibleSites(actor)} or ${actor.kind === "visitor"})`,
  );
}

/** Engineers on duty with a skill for this type of device, the ablest first, then the one with the fewest open tickets. */
export function findSkilledEngineers(tx: Tx, skill: string, at: string): Promise<Engineer[]> {
  return tx.many(
    Engineer,
    sql`select staff.id, staff.name, duty.calendar_id as "calendarId", hours.version as "calendarVersion",
        coalesce(duty.away_from <= ${at} and duty.away_until > ${at}, false) as away, ${isReachable} as reachable
      from identity.staff_skill
      join identity.staff on staff.tenant_id = staff_skill.tenant_id and staff.id = staff_skill.staff_id and staff.active
        and staff.roles && array['engineer', 'dispatcher']
      left join helpdesk.duty on duty.tenant_id = staff_skill.tenant_id and duty.staff_id = staff.id
      left join calendars.calendar hours on hours.tenant_id = staff_skill.tenant_id and hours.id = duty.calendar_id
      where staff_skill.tenant_id = ${tx.tenantId} and staff_skill.skill = ${skill}
      order by staff_skill.level desc, (
        select count(*) from helpdesk.ticket
        where ticket.tenant_id = staff_skill.tenant_id and ticket.assignee_id = staff.id
          and ticket.state not in ('resolved', 'closed', 'cancelled')), staff.id
      limit 20`,
  );
}
