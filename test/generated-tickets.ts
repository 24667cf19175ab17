import type pg from "pg";

/** What was generated for one tenant. */
export interface Generated {
  tenantId: string;
  /** The busier half of the customers come first. */
  customerIds: string[];
  memberIds: string[];
}

const year = "timestamptz '2026-10-01 00:00Z'";

/**
 * Years of service by bare SQL: tickets opened evenly over the 365 days before October 2026, one in fifty still open, each
 * with its three clocks, some work, and one rating in four. Statistics are fresh afterwards.
 * @param client a superuser's
 */
export async function generateTickets(
  client: pg.Client,
  { tenants, tickets }: { tenants: number; tickets: number },
): Promise<Generated[]> {
  const made: Generated[] = [];
  for (let index = 0; index < tenants; index++) made.push(await generateTenant(client, index, tickets));
  await client.query("vacuum analyze");
  return made;
}

async function generateTenant(client: pg.Client, index: number, tickets: number): Promise<Generated> {
  const ids = async (text: string, values: unknown[]) =>
    (await client.query<{ id: string }>(text, values)).rows.map(({ id }) => id);
  const [tenantId = ""] = await ids(
    `insert into identity.tenant (name, slug, locale, time_zone, currency, created_at)
      values ('Generated', $1, 'en', 'UTC', 'EUR', '2025-01-01') returning id`,
    [`generated-${index}`],
  );
  const memberIds = await ids(
    `insert into identity.staff (tenant_id, name, email, locale, time_zone, roles, created_at)
      select $1, 'Engineer ' || n, n || '@example.com', 'en', 'UTC', '{engineer}', '2025-01-01'
      from generate_series(1, 12) n returning id`,
    [tenantId],
  );
  const customerIds = await ids(
    `insert into customers.customer (tenant_id, name, code, deployment, lifecycle, locale, created_at)
      select $1, 'Customer ' || n, 'C' || n, 'saas', 'active', 'en', '2025-01-01'
      from generate_series(1, 20) n returning id`,
    [tenantId],
  );
  await client.query(
    `insert into customers.site (tenant_id, customer_id, name, code, time_zone, created_at)
      select $1, customer.id, 'Site ' || n, 'S' || n, 'UTC', '2025-01-01'
      from customers.customer, generate_series(1, 20) n where tenant_id = $1`,
    [tenantId],
  );
  await client.query(
    `insert into helpdesk.ticket (tenant_id, id, number, kind, subject, description, state, priority, impact, urgency,
        channel, customer_id, site_id, opened_by_kind, opened_by_id, assignee_id, tier, opened_at, arrived_at,
        resolved_at, updated_at)
      select $1, uuidv7(opened - clock_timestamp()), 'INC-' || n, 'incident', 'Generated', '',
        case when n % 50 = 0 then 'assigned' else 'closed' end, 'p3', 'medium', 'medium', 'portal',
        place.customer_id, place.id, 'staff', $2, ($3::uuid[])[1 + n % 12], 'standard', opened, opened + interval '2 hours',
        case when n % 50 <> 0 then opened + interval '3 hours' end, opened
      from generate_series(1, $4::int) n
      cross join lateral (select ${year} - n * (interval '365 days' / $4::int) as opened) as time
      join (select *, row_number() over (order by id) as place from customers.site where tenant_id = $1) as place
        on place.place = 1 + (n * 7) % 400`,
    [tenantId, memberIds[0], memberIds, tickets],
  );
  await client.query(
    `insert into helpdesk.clock (tenant_id, ticket_id, target, state, target_minutes, counted_from, due_at, met_at, breached_at)
      select tenant_id, id, target, case when resolved_at is null then 'running' when late then 'breached' else 'met' end,
        60, opened_at, opened_at + interval '1 hour', resolved_at,
        case when resolved_at is not null and late then opened_at + interval '1 hour' end
      from helpdesk.ticket, unnest(array['response', 'restore', 'resolve']) target,
        lateral (select hashtext(id::text || target) % 5 = 0 as late) as luck
      where tenant_id = $1`,
    [tenantId],
  );
  await client.query(
    `insert into helpdesk.work_entry (tenant_id, ticket_id, staff_id, minutes, kind, worked_at)
      select tenant_id, id, assignee_id, 30, 'on_site', resolved_at from helpdesk.ticket
      where tenant_id = $1 and resolved_at is not null
      union all
      select tenant_id, id, $2, 15, 'remote', resolved_at from helpdesk.ticket
      where tenant_id = $1 and resolved_at is not null and hashtext(id::text) % 10 = 0`,
    [tenantId, memberIds[0]],
  );
  await client.query(
    `with visitor as (
        insert into helpdesk.visitor (tenant_id, token_hash, locale, created_at)
        values ($1, uuid_send(gen_random_uuid()), 'en', '2025-01-01') returning id)
      insert into quality.rating (tenant_id, ticket_id, customer_id, site_id, engineer_id, rater_kind, visitor_id, overall,
        technical, attitude, crisis_awareness, created_at, rated_at)
      select tenant_id, ticket.id, customer_id, site_id, assignee_id, 'visitor', visitor.id, 4, 4, 5, 3, resolved_at, resolved_at
      from helpdesk.ticket, visitor
      where tenant_id = $1 and resolved_at is not null and hashtext(ticket.id::text) % 4 = 0`,
    [tenantId],
  );
  return { tenantId, customerIds, memberIds };
}
