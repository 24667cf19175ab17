create schema helpdesk;
grant usage on schema helpdesk to mainstay_app, mainstay_sweep;

create table helpdesk.visitor (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  token_hash bytea not null,
  name text,
  email text,
  phone text,
  locale text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash)
);
comment on table helpdesk.visitor is 'tenant: someone who reported by a QR label without signing in; a link is the only identity.';
select platform.seal_off('helpdesk.visitor');

create table helpdesk.ticket (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  number text not null,
  kind text not null check (kind in
    ('incident', 'service_request', 'problem', 'change', 'complaint', 'question', 'maintenance')),
  subject text not null,
  description text not null,
  state text not null check (state in
    ('new', 'assigned', 'acknowledged', 'on_the_way', 'on_site', 'paused', 'resolved', 'closed', 'cancelled')),
  paused_from text,
  pause_reason text,
  paused_until timestamptz,
  priority text not null check (priority in ('p1', 'p2', 'p3', 'p4')),
  impact text not null check (impact in ('low', 'medium', 'high')),
  urgency text not null check (urgency in ('low', 'medium', 'high')),
  channel text not null check (channel in ('portal', 'qr', 'email', 'api', 'alert', 'phone')),
  customer_id uuid not null,
  site_id uuid not null,
  device_id uuid,
  requester_id uuid,
  visitor_id uuid,
  opened_by_kind text not null,
  opened_by_id uuid not null,
  assignee_id uuid,
  tier text not null,
  policy_id uuid,
  calendar_id uuid,
  confidential boolean not null default false,
  tags text[] not null default '{}',
  opened_at timestamptz not null,
  assigned_at timestamptz,
  acknowledged_at timestamptz,
  departed_at timestamptz,
  arrived_at timestamptz,
  restored_at timestamptz,
  resolved_at timestamptz,
  closes_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  resolution text,
  cause text,
  reopened_times int not null default 0,
  next_due_at timestamptz,
  next_due_target text,
  version int not null default 1,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, customer_id) references customers.customer (tenant_id, id),
  foreign key (tenant_id, site_id) references customers.site (tenant_id, id),
  foreign key (tenant_id, device_id) references devices.device (tenant_id, id),
  foreign key (tenant_id, requester_id) references customers.person (tenant_id, id),
  foreign key (tenant_id, visitor_id) references helpdesk.visitor (tenant_id, id),
  foreign key (tenant_id, assignee_id) references identity.staff (tenant_id, id),
  foreign key (tenant_id, policy_id) references contracts.sla_policy (tenant_id, id),
  foreign key (tenant_id, calendar_id) references calendars.calendar (tenant_id, id)
);
comment on table helpdesk.ticket is 'tenant: a fault, request, problem, change, complaint, question or planned work.';
create index ticket_by_customer on helpdesk.ticket (tenant_id, customer_id, id);
create index ticket_by_site on helpdesk.ticket (tenant_id, site_id, id);
create index ticket_by_device on helpdesk.ticket (tenant_id, device_id, id) where device_id is not null;
create index ticket_by_requester on helpdesk.ticket (tenant_id, requester_id, id) where requester_id is not null;
create index ticket_by_visitor on helpdesk.ticket (tenant_id, visitor_id, id) where visitor_id is not null;
create index ticket_by_assignee on helpdesk.ticket (tenant_id, assignee_id, id) where assignee_id is not null;
create index ticket_by_resolution on helpdesk.ticket (tenant_id, assignee_id, resolved_at) where resolved_at is not null;
create index ticket_by_policy on helpdesk.ticket (tenant_id, policy_id) where policy_id is not null;
create index ticket_by_calendar on helpdesk.ticket (tenant_id, calendar_id) where next_due_at is not null;
create index ticket_open on helpdesk.ticket (tenant_id, id) where state not in ('resolved', 'closed', 'cancelled');
create index ticket_by_due on helpdesk.ticket (tenant_id, coalesce(next_due_at, 'infinity'), id)
  where state not in ('resolved', 'closed', 'cancelled');
create index ticket_to_close on helpdesk.ticket (closes_at) where state = 'resolved';
select platform.seal_off('helpdesk.ticket');
select platform.let_sweep_read('helpdesk.ticket');

create table helpdesk.clock (
  tenant_id uuid not null,
  ticket_id uuid not null,
  target text not null check (target in ('response', 'restore', 'resolve')),
  state text not null check (state in ('running', 'paused', 'met', 'breached', 'ended')),
  calendar_id uuid,
  target_minutes int not null,
  counted_from timestamptz not null,
  earlier_segments jsonb not null default '[]',
  due_at timestamptz,
  met_at timestamptz,
  breached_at timestamptz,
  primary key (tenant_id, ticket_id, target),
  foreign key (tenant_id, ticket_id) references helpdesk.ticket (tenant_id, id)
);
comment on table helpdesk.clock is 'tenant: one promise of a ticket. It counts on its calendar from counted_from, on other calendars before (earlier_segments), minus the pauses.';
create index clock_running on helpdesk.clock (due_at) where state = 'running';
create index clock_by_calendar on helpdesk.clock (tenant_id, calendar_id) where state in ('running', 'paused');
select platform.seal_off('helpdesk.clock');
select platform.let_sweep_read('helpdesk.clock');

create table helpdesk.pause (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  reason text not null,
  targets text[] not null,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references helpdesk.ticket (tenant_id, id)
);
comment on table helpdesk.pause is 'tenant: a time in which the named clocks of a ticket did not run.';
create index pause_by_ticket on helpdesk.pause (tenant_id, ticket_id, from_at);
select platform.seal_off('helpdesk.pause');

create table helpdesk.journal (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  at timestamptz not null,
  kind text not null,
  internal boolean not null,
  actor_kind text not null,
  actor_id uuid not null,
  text text,
  data jsonb not null default '{}',
  primary key (tenant_id, id)
) partition by range (id);
comment on table helpdesk.journal is 'tenant: what happened to a ticket, entry by entry; internal entries never leave the provider.';
select platform.partition_by_year('helpdesk.journal');
create index journal_by_ticket on helpdesk.journal (tenant_id, ticket_id, id);
select platform.seal_off('helpdesk.journal');

create table helpdesk.attachment (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  name text not null,
  media_type text not null,
  bytes int not null,
  sha256 bytea not null,
  internal boolean not null,
  actor_kind text not null,
  actor_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references helpdesk.ticket (tenant_id, id)
);
comment on table helpdesk.attachment is 'tenant: a file of a ticket; its content lies under its hash in the tenant''s store.';
create index attachment_by_ticket on helpdesk.attachment (tenant_id, ticket_id, id);
create index attachment_by_content on helpdesk.attachment (tenant_id, sha256);
select platform.seal_off('helpdesk.attachment');

create table helpdesk.work_entry (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  staff_id uuid not null,
  minutes int not null check (minutes > 0),
  kind text not null check (kind in ('remote', 'on_site', 'travel')),
  note text,
  worked_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references helpdesk.ticket (tenant_id, id),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id)
);
comment on table helpdesk.work_entry is 'tenant: time someone spent on a ticket, travel apart.';
create index work_entry_by_ticket on helpdesk.work_entry (tenant_id, ticket_id, id);
create index work_entry_by_staff on helpdesk.work_entry (tenant_id, staff_id, worked_at);
select platform.seal_off('helpdesk.work_entry');

create table helpdesk.duty (
  tenant_id uuid not null,
  staff_id uuid not null,
  calendar_id uuid,
  away_from timestamptz,
  away_until timestamptz,
  primary key (tenant_id, staff_id),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id),
  foreign key (tenant_id, calendar_id) references calendars.calendar (tenant_id, id)
);
comment on table helpdesk.duty is 'tenant: when a member of staff can be sent or rung: a calendar (none: at every hour) and a leave.';
create index duty_by_calendar on helpdesk.duty (tenant_id, calendar_id);
select platform.seal_off('helpdesk.duty');

create table helpdesk.saved_view (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  owner_id uuid not null,
  name text not null,
  shared boolean not null,
  query jsonb not null,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, owner_id) references identity.staff (tenant_id, id)
);
comment on table helpdesk.saved_view is 'tenant: a named list of tickets, one''s own or shared with the desk.';
create index saved_view_by_owner on helpdesk.saved_view (tenant_id, owner_id);
select platform.seal_off('helpdesk.saved_view');

create table helpdesk.ticket_search (
  tenant_id uuid not null,
  ticket_id uuid not null,
  terms tsvector not null,
  primary key (tenant_id, ticket_id),
  foreign key (tenant_id, ticket_id) references helpdesk.ticket (tenant_id, id)
);
comment on table helpdesk.ticket_search is 'tenant: the words of a ticket, and pairs of characters where a language writes none; kept by a reaction.';
select platform.seal_off('helpdesk.ticket_search');

create table helpdesk.notification (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  staff_id uuid not null,
  contact_point_id uuid,
  channel text not null,
  reason text not null,
  step int not null default 0,
  state text not null check (state in ('queued', 'sent', 'delivered', 'acknowledged', 'failed', 'superseded')),
  attempts int not null default 0,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  acknowledged_at timestamptz,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references helpdesk.ticket (tenant_id, id),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id)
);
comment on table helpdesk.notification is 'tenant: one call to one member of staff over one channel about one ticket.';
create index notification_by_staff on helpdesk.notification (tenant_id, staff_id, id);
create index notification_by_ticket on helpdesk.notification (tenant_id, ticket_id, id);
select platform.seal_off('helpdesk.notification');
