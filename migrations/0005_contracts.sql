create schema contracts;
grant usage on schema contracts to mainstay_app, mainstay_sweep;

create table contracts.sla_policy (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  calendar_id uuid,
  is_default boolean not null default false,
  pausing_reasons text[] not null,
  reopen_within_days int not null default 14 check (reopen_within_days between 0 and 365),
  close_after_days int not null default 3 check (close_after_days between 0 and 365),
  version int not null default 1,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, calendar_id) references calendars.calendar (tenant_id, id)
);
comment on table contracts.sla_policy is 'tenant: a promise: targets by priority and tier, and what stops its clocks. Its calendar counts for sites without one.';
create index sla_policy_by_calendar on contracts.sla_policy (tenant_id, calendar_id);
create index sla_policy_by_name on contracts.sla_policy (tenant_id, sort_name, id);
create unique index sla_policy_default on contracts.sla_policy (tenant_id) where is_default;
select platform.seal_off('contracts.sla_policy');

create table contracts.sla_target (
  tenant_id uuid not null,
  policy_id uuid not null,
  tier text not null check (tier in ('vip', 'standard', 'basic')),
  priority text not null check (priority in ('p1', 'p2', 'p3', 'p4')),
  target text not null check (target in ('response', 'restore', 'resolve')),
  target_minutes int not null check (target_minutes > 0),
  primary key (tenant_id, policy_id, tier, priority, target),
  foreign key (tenant_id, policy_id) references contracts.sla_policy (tenant_id, id)
);
comment on table contracts.sla_target is 'tenant: the minutes of working time that a policy promises for one tier, priority and target.';
select platform.seal_off('contracts.sla_target');

create table contracts.agreement (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  policy_id uuid not null,
  starts_on date not null,
  ends_on date,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customers.customer (tenant_id, id),
  foreign key (tenant_id, policy_id) references contracts.sla_policy (tenant_id, id),
  check (ends_on is null or ends_on >= starts_on)
);
comment on table contracts.agreement is 'tenant: which promise a customer has, and from when to when.';
create index agreement_by_customer on contracts.agreement (tenant_id, customer_id, starts_on, id);
create index agreement_by_start on contracts.agreement (tenant_id, starts_on, id);
create index agreement_by_policy on contracts.agreement (tenant_id, policy_id);
select platform.seal_off('contracts.agreement');
