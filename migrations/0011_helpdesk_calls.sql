create table helpdesk.contact_point (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  staff_id uuid not null,
  channel text not null check (channel in
    ('web_push', 'email', 'sms', 'wecom', 'dingtalk', 'feishu', 'slack', 'teams', 'ntfy')),
  label text not null,
  sealed text not null,
  shown jsonb not null,
  fingerprint text not null,
  active boolean not null default true,
  failing_since timestamptz,
  last_error text,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, fingerprint),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id)
);
comment on table helpdesk.contact_point is 'tenant: where a member of staff can be rung: the destination encrypted, and what of it may be shown.';
create index contact_point_by_staff on helpdesk.contact_point (tenant_id, staff_id);
select platform.seal_off('helpdesk.contact_point');

alter table helpdesk.notification add column chain_id uuid;
alter table helpdesk.notification add column round int not null default 0;
alter table helpdesk.notification add column retry_at timestamptz;

create table helpdesk.call_chain (
  tenant_id uuid not null,
  ticket_id uuid not null,
  id uuid not null,
  assignee_id uuid,
  began_at timestamptz not null,
  turn int not null default 0,
  step int not null default 0,
  repeats int not null default 0,
  step_rung_at timestamptz,
  rung_at timestamptz,
  next_at timestamptz,
  unanswered_since timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, ticket_id),
  foreign key (tenant_id, ticket_id) references helpdesk.ticket (tenant_id, id)
);
comment on table helpdesk.call_chain is 'tenant: how far the ringing about a ticket has come: the step of the escalation, how often it rang, when it rings next. A new one replaces the old when the ticket is assigned anew.';
create index call_chain_unanswered on helpdesk.call_chain (tenant_id, unanswered_since) where unanswered_since is not null;
select platform.seal_off('helpdesk.call_chain');

create table helpdesk.rota (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  time_zone text not null,
  handover_weekday int not null check (handover_weekday between 1 and 7),
  handover_time text not null,
  starts_on date not null,
  version int not null default 1,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (tenant_id, id)
);
comment on table helpdesk.rota is 'tenant: who is on call, week by week, in the rota''s own time zone.';
select platform.seal_off('helpdesk.rota');

create table helpdesk.rota_member (
  tenant_id uuid not null,
  rota_id uuid not null,
  position int not null,
  staff_id uuid not null,
  primary key (tenant_id, rota_id, position),
  foreign key (tenant_id, rota_id) references helpdesk.rota (tenant_id, id),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id)
);
comment on table helpdesk.rota_member is 'tenant: the order in which people take their week.';
create index rota_member_by_staff on helpdesk.rota_member (tenant_id, staff_id);
select platform.seal_off('helpdesk.rota_member');

create table helpdesk.rota_override (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  rota_id uuid not null,
  staff_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, rota_id) references helpdesk.rota (tenant_id, id),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id),
  check (to_at > from_at)
);
comment on table helpdesk.rota_override is 'tenant: someone else is on call for a while.';
create index rota_override_by_time on helpdesk.rota_override (tenant_id, rota_id, from_at);
create index rota_override_by_staff on helpdesk.rota_override (tenant_id, staff_id);
select platform.seal_off('helpdesk.rota_override');

create table helpdesk.escalation (
  tenant_id uuid not null,
  repeat_minutes int not null check (repeat_minutes between 1 and 1440),
  waits_for_hours text[] not null,
  version int not null default 1,
  primary key (tenant_id)
);
comment on table helpdesk.escalation is 'tenant: how often a call is repeated, and which priorities wait for the promise''s hours instead of ringing at night.';
select platform.seal_off('helpdesk.escalation');

create table helpdesk.escalation_step (
  tenant_id uuid not null,
  position int not null,
  after_minutes int not null check (after_minutes >= 0),
  kind text not null check (kind in ('assignee', 'rota', 'role')),
  rota_id uuid,
  role text,
  primary key (tenant_id, position),
  foreign key (tenant_id, rota_id) references helpdesk.rota (tenant_id, id),
  check ((kind = 'rota') = (rota_id is not null)),
  check ((kind = 'role') = (role is not null))
);
comment on table helpdesk.escalation_step is 'tenant: who is rung after so many minutes without acknowledgement.';
create index escalation_step_by_rota on helpdesk.escalation_step (tenant_id, rota_id);
select platform.seal_off('helpdesk.escalation_step');

create table helpdesk.gateway (
  tenant_id uuid not null,
  kind text not null check (kind in ('smtp', 'sms')),
  sealed text not null,
  shown jsonb not null,
  active boolean not null default true,
  version int not null default 1,
  last_error text,
  primary key (tenant_id, kind)
);
comment on table helpdesk.gateway is 'tenant: the provider''s own mail or SMS gateway, instead of the installation''s: its settings encrypted, and what of them may be shown.';
select platform.seal_off('helpdesk.gateway');
