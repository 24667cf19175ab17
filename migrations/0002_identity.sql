create schema identity;
grant usage on schema identity to mainstay_app, mainstay_sweep;

create table identity.tenant (
  id uuid primary key default uuidv7(),
  name text not null,
  slug text not null unique,
  locale text not null,
  time_zone text not null,
  currency text not null,
  created_at timestamptz not null
);
comment on table identity.tenant is 'global: a provider; the directory of all tenants.';
grant select, insert, update on identity.tenant to mainstay_app;
grant select on identity.tenant to mainstay_sweep;

create table identity.membership (
  tenant_id uuid not null,
  subject_id uuid not null,
  kind text not null check (kind in ('staff', 'person')),
  login_id uuid,
  display_name text not null,
  email text,
  roles text[] not null,
  locale text not null,
  active boolean not null default true,
  created_at timestamptz not null,
  last_chosen_at timestamptz,
  primary key (tenant_id, subject_id)
);
comment on table identity.membership is 'global: who may act in a tenant, as a member of staff or as a person at a customer; login_id is null until the invitation is accepted. Name, mail address, roles and locale are copies of the tenant''s own rows, written with them.';
create unique index membership_by_login on identity.membership (login_id, tenant_id, kind);
grant select, insert, update, delete on identity.membership to mainstay_app;

create table identity.api_key (
  id uuid primary key default uuidv7(),
  key_hash bytea not null unique,
  prefix text not null,
  tenant_id uuid not null,
  subject_id uuid not null,
  kind text not null check (kind in ('staff', 'person')),
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);
comment on table identity.api_key is 'global: a key that acts as its owner, within its scopes; only its hash is kept.';
create index api_key_by_owner on identity.api_key (tenant_id, subject_id);
grant select, insert, update on identity.api_key to mainstay_app;

create table identity.invitation (
  token_hash bytea primary key,
  tenant_id uuid not null,
  subject_id uuid not null,
  kind text not null check (kind in ('staff', 'person')),
  email text not null,
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
comment on table identity.invitation is 'global: a mail link by which an invited person makes or joins a login.';
create index invitation_by_subject on identity.invitation (tenant_id, subject_id);
grant select, insert, update on identity.invitation to mainstay_app;

create table identity.throttle (
  key text primary key,
  attempts int not null,
  resets_at timestamptz not null
);
comment on table identity.throttle is 'global: how often something was tried since its window began: guesses at passwords and codes, mails to one address.';
grant select, insert, update, delete on identity.throttle to mainstay_app;

create table identity.staff (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  email text not null,
  phone text,
  title text,
  locale text not null,
  time_zone text not null,
  roles text[] not null,
  active boolean not null default true,
  joined boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table identity.staff is 'tenant: a member of the provider''s staff; joined once an invitation was accepted and a login can act as it.';
create unique index staff_by_email on identity.staff (tenant_id, lower(email));
create index staff_by_name on identity.staff (tenant_id, sort_name, id);
select platform.seal_off('identity.staff');

create table identity.staff_skill (
  tenant_id uuid not null,
  staff_id uuid not null,
  skill text not null,
  level int not null check (level between 1 and 5),
  primary key (tenant_id, staff_id, skill),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id)
);
comment on table identity.staff_skill is 'tenant: what a member of staff can do, from 1 (learning) to 5 (teaches it).';
create index staff_skill_by_skill on identity.staff_skill (tenant_id, skill, level);
select platform.seal_off('identity.staff_skill');
