-- Roles: whoever runs this owns the tables; mainstay_app serves and owns nothing; mainstay_sweep only reads, across tenants.
create schema platform;
create schema auth;
grant usage on schema platform, auth to mainstay_app, mainstay_sweep;

create function platform.seal_off(tenant_table regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tenant_table);
  execute format('alter table %s force row level security', tenant_table);
  execute format(
    'create policy tenant on %s using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', tenant_table);
  execute format('grant select, insert, update, delete on %s to mainstay_app', tenant_table);
end $$;
comment on function platform.seal_off is 'Makes a table a tenant''s own: forced row-level security and the grants of mainstay_app.';

create function platform.let_sweep_read(tenant_table regclass) returns void language plpgsql as $$
begin
  execute format('create policy sweep on %s for select to mainstay_sweep using (true)', tenant_table);
  execute format('grant select on %s to mainstay_sweep', tenant_table);
end $$;
comment on function platform.let_sweep_read is 'Opens a table to the named cross-tenant reads.';

create function platform.first_uuidv7(at timestamptz) returns uuid language sql immutable strict as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;
comment on function platform.first_uuidv7 is 'The smallest uuidv7 of an instant: time ranges over ids.';

create function platform.partition_by_year(parent regclass) returns void language plpgsql as $$
declare
  year int;
begin
  for year in 2026..2029 loop
    execute format('create table %s partition of %s for values from (%L) to (%L)',
      parent::text || '_' || year, parent,
      platform.first_uuidv7(make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC')),
      platform.first_uuidv7(make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC')));
  end loop;
  execute format('create table %s partition of %s default', parent::text || '_other', parent);
end $$;
comment on function platform.partition_by_year is 'Yearly partitions over a uuidv7 key, and one for whatever falls outside. Few at a time: each costs every statement a look; a later migration adds years.';

create table platform.event (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  type text not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject_version int not null,
  data jsonb not null,
  actor_kind text not null,
  actor_id uuid not null,
  customer_id uuid,
  site_id uuid,
  audience uuid[] not null default '{}',
  request_id text,
  recorded_at timestamptz not null,
  delivered_at timestamptz,
  attempts int not null default 0,
  retry_at timestamptz,
  dead_at timestamptz,
  last_error text,
  primary key (tenant_id, id)
) partition by range (id);
comment on table platform.event is 'tenant: one thing that happened; news for reactions and live pages, and the audit log.';
select platform.partition_by_year('platform.event');
create index event_undelivered on platform.event (tenant_id, id) where delivered_at is null and dead_at is null;
create index event_by_subject on platform.event (tenant_id, subject_id, id);
select platform.seal_off('platform.event');
select platform.let_sweep_read('platform.event');

create table platform.seal (
  tenant_id uuid not null,
  sequence int not null,
  from_id uuid not null,
  to_id uuid not null,
  events int not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  primary key (tenant_id, sequence)
);
comment on table platform.seal is 'tenant: one link of the hash chain over the event log; covers the ids after from_id up to to_id.';
select platform.seal_off('platform.seal');

create table platform.idempotency_key (
  tenant_id uuid not null,
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status int,
  body jsonb,
  created_at timestamptz not null,
  primary key (tenant_id, actor_id, key)
);
comment on table platform.idempotency_key is 'tenant: the answer given to a write, kept for its repetition.';
create index idempotency_key_by_age on platform.idempotency_key (tenant_id, created_at);
select platform.seal_off('platform.idempotency_key');

create table platform.number_block (
  tenant_id uuid not null,
  kind text not null,
  next_number int not null,
  primary key (tenant_id, kind)
);
comment on table platform.number_block is 'tenant: the next free human number of a kind; processes take blocks, gaps are allowed.';
select platform.seal_off('platform.number_block');

