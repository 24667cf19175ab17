-- The database after all migrations, printed from the catalogue by `npm run mainstay -- schema`. Do not edit.
-- The tables of the job library (schema graphile_worker) are its own and left out.

create schema auth;
grant usage on schema auth to mainstay_app;
grant usage on schema auth to mainstay_sweep;

create table auth.account (
  id uuid not null,
  login_id uuid not null,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint account_pkey primary key (id),
  constraint account_provider_id_account_id_key unique (provider_id, account_id),
  constraint account_login_id_fkey foreign key (login_id) references auth.login(id) on delete cascade
);
comment on table auth.account is 'global: a way to prove a login: provider "credential" holds the password''s scrypt hash.';
create index account_by_login on auth.account using btree (login_id);
grant select, insert, update, delete on auth.account to mainstay_app;

create table auth.login (
  id uuid not null,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint login_pkey primary key (id),
  constraint login_email_key unique (email),
  constraint login_email_check check ((email = lower(email)))
);
comment on table auth.login is 'global: a human being who signs in; belongs to no tenant.';
grant select, insert, update, delete on auth.login to mainstay_app;

create table auth.passkey (
  id uuid not null,
  login_id uuid not null,
  name text,
  public_key text not null,
  credential_id text not null,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamp with time zone,
  constraint passkey_pkey primary key (id),
  constraint passkey_credential_id_key unique (credential_id),
  constraint passkey_login_id_fkey foreign key (login_id) references auth.login(id) on delete cascade
);
comment on table auth.passkey is 'global: a passkey of a login; only its public half.';
create index passkey_by_login on auth.passkey using btree (login_id);
grant select, insert, update, delete on auth.passkey to mainstay_app;

create table auth.session (
  id uuid not null,
  login_id uuid not null,
  token text not null,
  tenant_id uuid,
  subject_id uuid,
  ip_address text,
  user_agent text,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint session_pkey primary key (id),
  constraint session_token_key unique (token),
  constraint session_login_id_fkey foreign key (login_id) references auth.login(id) on delete cascade
);
comment on table auth.session is 'global: one signed-in device and the tenant it works in. The cookie is the token with our signature; updated_at is when it was last seen.';
create index session_by_login on auth.session using btree (login_id);
create index session_by_subject on auth.session using btree (tenant_id, subject_id);
grant select, insert, update, delete on auth.session to mainstay_app;

create table auth.two_factor (
  id uuid not null,
  login_id uuid not null,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamp with time zone,
  constraint two_factor_pkey primary key (id),
  constraint two_factor_login_id_key unique (login_id),
  constraint two_factor_login_id_fkey foreign key (login_id) references auth.login(id) on delete cascade
);
comment on table auth.two_factor is 'global: the authenticator app of a login; secret and recovery codes are encrypted.';
grant select, insert, update, delete on auth.two_factor to mainstay_app;

create table auth.verification (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint verification_pkey primary key (id)
);
comment on table auth.verification is 'global: a short-lived proof under way: a password reset, a passkey challenge, a second step. Identifiers are hashed.';
create index verification_by_expiry on auth.verification using btree (expires_at);
create index verification_by_identifier on auth.verification using btree (identifier);
grant select, insert, update, delete on auth.verification to mainstay_app;

create schema calendars;
grant usage on schema calendars to mainstay_app;
grant usage on schema calendars to mainstay_sweep;

create table calendars.calendar (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  time_zone text not null,
  weekly jsonb not null,
  country text,
  region text,
  recurring_holidays text[] not null default '{}'::text[],
  version integer not null default 1,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint calendar_pkey primary key (tenant_id, id)
);
comment on table calendars.calendar is 'tenant: weekly hours, and whose public holidays close them.';
create index calendar_by_name on calendars.calendar using btree (tenant_id, sort_name, id);
alter table calendars.calendar enable row level security;
alter table calendars.calendar force row level security;
create policy tenant on calendars.calendar using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on calendars.calendar to mainstay_app;

create table calendars.calendar_day (
  tenant_id uuid not null,
  calendar_id uuid not null,
  day date not null,
  name text not null,
  intervals jsonb not null,
  constraint calendar_day_pkey primary key (tenant_id, calendar_id, day),
  constraint calendar_day_tenant_id_calendar_id_fkey foreign key (tenant_id, calendar_id) references calendars.calendar(tenant_id, id)
);
comment on table calendars.calendar_day is 'tenant: a day that differs from the week: its own hours, or none on a holiday.';
alter table calendars.calendar_day enable row level security;
alter table calendars.calendar_day force row level security;
create policy tenant on calendars.calendar_day using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on calendars.calendar_day to mainstay_app;

create table calendars.calendar_version (
  tenant_id uuid not null,
  calendar_id uuid not null,
  version integer not null,
  hours jsonb not null,
  replaced_at timestamp with time zone not null,
  constraint calendar_version_pkey primary key (tenant_id, calendar_id, version),
  constraint calendar_version_tenant_id_calendar_id_fkey foreign key (tenant_id, calendar_id) references calendars.calendar(tenant_id, id)
);
comment on table calendars.calendar_version is 'tenant: the hours that a calendar had until they were replaced; clocks that ran then keep what they counted by them.';
alter table calendars.calendar_version enable row level security;
alter table calendars.calendar_version force row level security;
create policy tenant on calendars.calendar_version using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on calendars.calendar_version to mainstay_app;

create schema contracts;
grant usage on schema contracts to mainstay_app;
grant usage on schema contracts to mainstay_sweep;

create table contracts.agreement (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  policy_id uuid not null,
  starts_on date not null,
  ends_on date,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint agreement_pkey primary key (tenant_id, id),
  constraint agreement_tenant_id_customer_id_fkey foreign key (tenant_id, customer_id) references customers.customer(tenant_id, id),
  constraint agreement_tenant_id_policy_id_fkey foreign key (tenant_id, policy_id) references contracts.sla_policy(tenant_id, id),
  constraint agreement_check check (((ends_on is null) or (ends_on >= starts_on)))
);
comment on table contracts.agreement is 'tenant: which promise a customer has, and from when to when.';
create index agreement_by_customer on contracts.agreement using btree (tenant_id, customer_id, starts_on, id);
create index agreement_by_policy on contracts.agreement using btree (tenant_id, policy_id);
create index agreement_by_start on contracts.agreement using btree (tenant_id, starts_on, id);
alter table contracts.agreement enable row level security;
alter table contracts.agreement force row level security;
create policy tenant on contracts.agreement using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on contracts.agreement to mainstay_app;

create table contracts.sla_policy (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  calendar_id uuid,
  is_default boolean not null default false,
  pausing_reasons text[] not null,
  reopen_within_days integer not null default 14,
  close_after_days integer not null default 3,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint sla_policy_pkey primary key (tenant_id, id),
  constraint sla_policy_tenant_id_calendar_id_fkey foreign key (tenant_id, calendar_id) references calendars.calendar(tenant_id, id),
  constraint sla_policy_close_after_days_check check (((close_after_days >= 0) and (close_after_days <= 365))),
  constraint sla_policy_reopen_within_days_check check (((reopen_within_days >= 0) and (reopen_within_days <= 365)))
);
comment on table contracts.sla_policy is 'tenant: a promise: targets by priority and tier, and what stops its clocks. Its calendar counts for sites without one.';
create index sla_policy_by_calendar on contracts.sla_policy using btree (tenant_id, calendar_id);
create index sla_policy_by_name on contracts.sla_policy using btree (tenant_id, sort_name, id);
create unique index sla_policy_default on contracts.sla_policy using btree (tenant_id) where is_default;
alter table contracts.sla_policy enable row level security;
alter table contracts.sla_policy force row level security;
create policy tenant on contracts.sla_policy using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on contracts.sla_policy to mainstay_app;

create table contracts.sla_target (
  tenant_id uuid not null,
  policy_id uuid not null,
  tier text not null,
  priority text not null,
  target text not null,
  target_minutes integer not null,
  constraint sla_target_pkey primary key (tenant_id, policy_id, tier, priority, target),
  constraint sla_target_tenant_id_policy_id_fkey foreign key (tenant_id, policy_id) references contracts.sla_policy(tenant_id, id),
  constraint sla_target_priority_check check ((priority = any (array['p1'::text, 'p2'::text, 'p3'::text, 'p4'::text]))),
  constraint sla_target_target_check check ((target = any (array['response'::text, 'restore'::text, 'resolve'::text]))),
  constraint sla_target_target_minutes_check check ((target_minutes > 0)),
  constraint sla_target_tier_check check ((tier = any (array['vip'::text, 'standard'::text, 'basic'::text])))
);
comment on table contracts.sla_target is 'tenant: the minutes of working time that a policy promises for one tier, priority and target.';
alter table contracts.sla_target enable row level security;
alter table contracts.sla_target force row level security;
create policy tenant on contracts.sla_target using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on contracts.sla_target to mainstay_app;

create schema customers;
grant usage on schema customers to mainstay_app;
grant usage on schema customers to mainstay_sweep;

create table customers.affiliation (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  customer_id uuid not null,
  role text not null,
  site_id uuid,
  tier text not null default 'standard'::text,
  created_at timestamp with time zone not null,
  constraint affiliation_pkey primary key (tenant_id, id),
  constraint affiliation_tenant_id_person_id_customer_id_role_site_id_key unique nulls not distinct (tenant_id, person_id, customer_id, role, site_id),
  constraint affiliation_tenant_id_customer_id_fkey foreign key (tenant_id, customer_id) references customers.customer(tenant_id, id),
  constraint affiliation_tenant_id_person_id_fkey foreign key (tenant_id, person_id) references customers.person(tenant_id, id),
  constraint affiliation_tenant_id_site_id_fkey foreign key (tenant_id, site_id) references customers.site(tenant_id, id),
  constraint affiliation_check check (((role = 'contact'::text) or (site_id is not null))),
  constraint affiliation_role_check check ((role = any (array['contact'::text, 'user'::text]))),
  constraint affiliation_tier_check check ((tier = any (array['vip'::text, 'standard'::text, 'basic'::text])))
);
comment on table customers.affiliation is 'tenant: what a person is at a customer: contact (pays, signs, sees all its sites) or user of one site, with a tier.';
create index affiliation_by_customer on customers.affiliation using btree (tenant_id, customer_id, person_id);
create index affiliation_by_site on customers.affiliation using btree (tenant_id, site_id);
alter table customers.affiliation enable row level security;
alter table customers.affiliation force row level security;
create policy tenant on customers.affiliation using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on customers.affiliation to mainstay_app;

create table customers.customer (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  code text not null,
  deployment text not null,
  lifecycle text not null,
  locale text not null,
  calendar_id uuid,
  csm_id uuid,
  tam_id uuid,
  email_domains text[] not null default '{}'::text[],
  version integer not null default 1,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint customer_pkey primary key (tenant_id, id),
  constraint customer_tenant_id_code_key unique (tenant_id, code),
  constraint customer_tenant_id_calendar_id_fkey foreign key (tenant_id, calendar_id) references calendars.calendar(tenant_id, id),
  constraint customer_tenant_id_csm_id_fkey foreign key (tenant_id, csm_id) references identity.staff(tenant_id, id),
  constraint customer_tenant_id_tam_id_fkey foreign key (tenant_id, tam_id) references identity.staff(tenant_id, id),
  constraint customer_deployment_check check ((deployment = any (array['saas'::text, 'on_premise'::text, 'hybrid'::text]))),
  constraint customer_lifecycle_check check ((lifecycle = any (array['pilot'::text, 'onboarding'::text, 'active'::text, 'renewal'::text, 'lost'::text])))
);
comment on table customers.customer is 'tenant: an organisation that pays and signs.';
create index customer_by_calendar on customers.customer using btree (tenant_id, calendar_id);
create index customer_by_csm on customers.customer using btree (tenant_id, csm_id);
create index customer_by_name on customers.customer using btree (tenant_id, sort_name, id);
create index customer_by_tam on customers.customer using btree (tenant_id, tam_id);
alter table customers.customer enable row level security;
alter table customers.customer force row level security;
create policy tenant on customers.customer using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on customers.customer to mainstay_app;

create table customers.named_engineer (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  site_id uuid,
  staff_id uuid not null,
  rank integer not null,
  constraint named_engineer_pkey primary key (tenant_id, id),
  constraint named_engineer_tenant_id_customer_id_site_id_staff_id_key unique nulls not distinct (tenant_id, customer_id, site_id, staff_id),
  constraint named_engineer_tenant_id_customer_id_fkey foreign key (tenant_id, customer_id) references customers.customer(tenant_id, id),
  constraint named_engineer_tenant_id_site_id_fkey foreign key (tenant_id, site_id) references customers.site(tenant_id, id),
  constraint named_engineer_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id)
);
comment on table customers.named_engineer is 'tenant: who answers for a site, or for all sites of a customer (site_id null); lowest rank first.';
create index named_engineer_by_site on customers.named_engineer using btree (tenant_id, site_id);
create index named_engineer_by_staff on customers.named_engineer using btree (tenant_id, staff_id);
alter table customers.named_engineer enable row level security;
alter table customers.named_engineer force row level security;
create policy tenant on customers.named_engineer using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on customers.named_engineer to mainstay_app;

create table customers.person (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  email text,
  phone text,
  locale text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint person_pkey primary key (tenant_id, id),
  constraint person_email_check check ((email = lower(email)))
);
comment on table customers.person is 'tenant: a human being at one or several customers.';
create unique index person_by_email on customers.person using btree (tenant_id, email) where ((email is not null) and (archived_at is null));
create index person_by_name on customers.person using btree (tenant_id, sort_name, id);
alter table customers.person enable row level security;
alter table customers.person force row level security;
create policy tenant on customers.person using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on customers.person to mainstay_app;

create table customers.site (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  code text not null,
  address text not null default ''::text,
  latitude double precision,
  longitude double precision,
  time_zone text not null,
  calendar_id uuid,
  phone text,
  access_notes text not null default ''::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint site_pkey primary key (tenant_id, id),
  constraint site_tenant_id_customer_id_code_key unique (tenant_id, customer_id, code),
  constraint site_tenant_id_calendar_id_fkey foreign key (tenant_id, calendar_id) references calendars.calendar(tenant_id, id),
  constraint site_tenant_id_customer_id_fkey foreign key (tenant_id, customer_id) references customers.customer(tenant_id, id)
);
comment on table customers.site is 'tenant: a place of a customer where users and devices are.';
create index site_by_calendar on customers.site using btree (tenant_id, calendar_id);
create index site_by_customer on customers.site using btree (tenant_id, customer_id, sort_name, id);
create index site_by_name on customers.site using btree (tenant_id, sort_name, id);
alter table customers.site enable row level security;
alter table customers.site force row level security;
create policy tenant on customers.site using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on customers.site to mainstay_app;

create schema devices;
grant usage on schema devices to mainstay_app;
grant usage on schema devices to mainstay_sweep;

create table devices.device (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  site_id uuid not null,
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  type text not null,
  manufacturer text not null default ''::text,
  model text not null default ''::text,
  serial text,
  asset_tag text,
  purchased_on date,
  installed_on date,
  warranty_until date,
  status text not null default 'in_service'::text,
  code text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint device_pkey primary key (tenant_id, id),
  constraint device_tenant_id_code_key unique (tenant_id, code),
  constraint device_tenant_id_customer_id_fkey foreign key (tenant_id, customer_id) references customers.customer(tenant_id, id),
  constraint device_tenant_id_site_id_fkey foreign key (tenant_id, site_id) references customers.site(tenant_id, id),
  constraint device_status_check check ((status = any (array['in_service'::text, 'in_stock'::text, 'retired'::text])))
);
comment on table devices.device is 'tenant: a thing that is looked after, at a site; its code is on its QR label.';
create index device_by_customer on devices.device using btree (tenant_id, customer_id, sort_name, id);
create index device_by_name on devices.device using btree (tenant_id, sort_name, id);
create index device_by_serial on devices.device using btree (tenant_id, serial) where (serial is not null);
create index device_by_site on devices.device using btree (tenant_id, site_id, sort_name, id);
create index device_by_type on devices.device using btree (tenant_id, type);
alter table devices.device enable row level security;
alter table devices.device force row level security;
create policy tenant on devices.device using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on devices.device to mainstay_app;

create table devices.device_code (
  code text not null,
  tenant_id uuid not null,
  device_id uuid not null,
  constraint device_code_pkey primary key (code)
);
comment on table devices.device_code is 'global: which device of which tenant a QR label names; read before the tenant is known.';
create unique index device_code_by_device on devices.device_code using btree (tenant_id, device_id);
grant select, insert, update, delete on devices.device_code to mainstay_app;

create schema helpdesk;
grant usage on schema helpdesk to mainstay_app;
grant usage on schema helpdesk to mainstay_sweep;

create table helpdesk.attachment (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  name text not null,
  media_type text not null,
  bytes integer not null,
  sha256 bytea not null,
  internal boolean not null,
  actor_kind text not null,
  actor_id uuid not null,
  created_at timestamp with time zone not null,
  constraint attachment_pkey primary key (tenant_id, id),
  constraint attachment_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references helpdesk.ticket(tenant_id, id)
);
comment on table helpdesk.attachment is 'tenant: a file of a ticket; its content lies under its hash in the tenant''s store.';
create index attachment_by_content on helpdesk.attachment using btree (tenant_id, sha256);
create index attachment_by_ticket on helpdesk.attachment using btree (tenant_id, ticket_id, id);
alter table helpdesk.attachment enable row level security;
alter table helpdesk.attachment force row level security;
create policy tenant on helpdesk.attachment using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.attachment to mainstay_app;

create table helpdesk.call_chain (
  tenant_id uuid not null,
  ticket_id uuid not null,
  id uuid not null,
  assignee_id uuid,
  began_at timestamp with time zone not null,
  turn integer not null default 0,
  step integer not null default 0,
  repeats integer not null default 0,
  step_rung_at timestamp with time zone,
  rung_at timestamp with time zone,
  next_at timestamp with time zone,
  unanswered_since timestamp with time zone,
  ended_at timestamp with time zone,
  constraint call_chain_pkey primary key (tenant_id, ticket_id),
  constraint call_chain_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references helpdesk.ticket(tenant_id, id)
);
comment on table helpdesk.call_chain is 'tenant: how far the ringing about a ticket has come: the step of the escalation, how often it rang, when it rings next. A new one replaces the old when the ticket is assigned anew.';
create index call_chain_unanswered on helpdesk.call_chain using btree (tenant_id, unanswered_since) where (unanswered_since is not null);
alter table helpdesk.call_chain enable row level security;
alter table helpdesk.call_chain force row level security;
create policy tenant on helpdesk.call_chain using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.call_chain to mainstay_app;

create table helpdesk.clock (
  tenant_id uuid not null,
  ticket_id uuid not null,
  target text not null,
  state text not null,
  calendar_id uuid,
  target_minutes integer not null,
  counted_from timestamp with time zone not null,
  earlier_segments jsonb not null default '[]'::jsonb,
  due_at timestamp with time zone,
  met_at timestamp with time zone,
  breached_at timestamp with time zone,
  warn_at timestamp with time zone,
  warned_at timestamp with time zone,
  constraint clock_pkey primary key (tenant_id, ticket_id, target),
  constraint clock_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references helpdesk.ticket(tenant_id, id),
  constraint clock_state_check check ((state = any (array['running'::text, 'paused'::text, 'met'::text, 'breached'::text, 'ended'::text]))),
  constraint clock_target_check check ((target = any (array['response'::text, 'restore'::text, 'resolve'::text])))
);
comment on table helpdesk.clock is 'tenant: one promise of a ticket. It counts on its calendar from counted_from, on other calendars before (earlier_segments), minus the pauses. At warn_at most of its time is used up; it warns once.';
create index clock_by_calendar on helpdesk.clock using btree (tenant_id, calendar_id) where (state = any (array['running'::text, 'paused'::text]));
create index clock_running on helpdesk.clock using btree (due_at) where (state = 'running'::text);
create index clock_to_warn on helpdesk.clock using btree (warn_at) where (warn_at is not null);
alter table helpdesk.clock enable row level security;
alter table helpdesk.clock force row level security;
create policy sweep on helpdesk.clock for select to mainstay_sweep using (true);
create policy tenant on helpdesk.clock using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.clock to mainstay_app;
grant select on helpdesk.clock to mainstay_sweep;

create table helpdesk.contact_point (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  staff_id uuid not null,
  channel text not null,
  label text not null,
  sealed text not null,
  shown jsonb not null,
  fingerprint text not null,
  active boolean not null default true,
  failing_since timestamp with time zone,
  last_error text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint contact_point_pkey primary key (tenant_id, id),
  constraint contact_point_tenant_id_fingerprint_key unique (tenant_id, fingerprint),
  constraint contact_point_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id),
  constraint contact_point_channel_check check ((channel = any (array['web_push'::text, 'email'::text, 'sms'::text, 'wecom'::text, 'dingtalk'::text, 'feishu'::text, 'slack'::text, 'teams'::text, 'ntfy'::text])))
);
comment on table helpdesk.contact_point is 'tenant: where a member of staff can be rung: the destination encrypted, and what of it may be shown.';
create index contact_point_by_staff on helpdesk.contact_point using btree (tenant_id, staff_id);
alter table helpdesk.contact_point enable row level security;
alter table helpdesk.contact_point force row level security;
create policy tenant on helpdesk.contact_point using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.contact_point to mainstay_app;

create table helpdesk.duty (
  tenant_id uuid not null,
  staff_id uuid not null,
  calendar_id uuid,
  away_from timestamp with time zone,
  away_until timestamp with time zone,
  constraint duty_pkey primary key (tenant_id, staff_id),
  constraint duty_tenant_id_calendar_id_fkey foreign key (tenant_id, calendar_id) references calendars.calendar(tenant_id, id),
  constraint duty_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id)
);
comment on table helpdesk.duty is 'tenant: when a member of staff can be sent or rung: a calendar (none: at every hour) and a leave.';
create index duty_by_calendar on helpdesk.duty using btree (tenant_id, calendar_id);
alter table helpdesk.duty enable row level security;
alter table helpdesk.duty force row level security;
create policy tenant on helpdesk.duty using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.duty to mainstay_app;

create table helpdesk.escalation (
  tenant_id uuid not null,
  repeat_minutes integer not null,
  waits_for_hours text[] not null,
  version integer not null default 1,
  constraint escalation_pkey primary key (tenant_id),
  constraint escalation_repeat_minutes_check check (((repeat_minutes >= 1) and (repeat_minutes <= 1440)))
);
comment on table helpdesk.escalation is 'tenant: how often a call is repeated, and which priorities wait for the promise''s hours instead of ringing at night.';
alter table helpdesk.escalation enable row level security;
alter table helpdesk.escalation force row level security;
create policy tenant on helpdesk.escalation using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.escalation to mainstay_app;

create table helpdesk.escalation_step (
  tenant_id uuid not null,
  "position" integer not null,
  after_minutes integer not null,
  kind text not null,
  rota_id uuid,
  role text,
  constraint escalation_step_pkey primary key (tenant_id, "position"),
  constraint escalation_step_tenant_id_rota_id_fkey foreign key (tenant_id, rota_id) references helpdesk.rota(tenant_id, id),
  constraint escalation_step_after_minutes_check check ((after_minutes >= 0)),
  constraint escalation_step_check check (((kind = 'rota'::text) = (rota_id is not null))),
  constraint escalation_step_check1 check (((kind = 'role'::text) = (role is not null))),
  constraint escalation_step_kind_check check ((kind = any (array['assignee'::text, 'rota'::text, 'role'::text])))
);
comment on table helpdesk.escalation_step is 'tenant: who is rung after so many minutes without acknowledgement.';
create index escalation_step_by_rota on helpdesk.escalation_step using btree (tenant_id, rota_id);
alter table helpdesk.escalation_step enable row level security;
alter table helpdesk.escalation_step force row level security;
create policy tenant on helpdesk.escalation_step using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.escalation_step to mainstay_app;

create table helpdesk.feed (
  tenant_id uuid not null,
  staff_id uuid not null,
  secret_hash bytea not null,
  created_at timestamp with time zone not null,
  constraint feed_pkey primary key (tenant_id, staff_id),
  constraint feed_tenant_id_secret_hash_key unique (tenant_id, secret_hash),
  constraint feed_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id)
);
comment on table helpdesk.feed is 'tenant: the secret address at which a member of staff''s own work can be read as iCalendar.';
alter table helpdesk.feed enable row level security;
alter table helpdesk.feed force row level security;
create policy tenant on helpdesk.feed using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.feed to mainstay_app;

create table helpdesk.first_contact_point (
  tenant_id uuid not null,
  staff_id uuid not null,
  joined_at timestamp with time zone not null,
  given_at timestamp with time zone,
  constraint first_contact_point_pkey primary key (tenant_id, staff_id),
  constraint first_contact_point_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id)
);
comment on table helpdesk.first_contact_point is 'tenant: a member of staff who joined, and when their mail address became their first contact point; once, so one that was removed stays away. Not given yet: no mail can be sent.';
create index first_contact_point_waiting on helpdesk.first_contact_point using btree (tenant_id, staff_id) where (given_at is null);
alter table helpdesk.first_contact_point enable row level security;
alter table helpdesk.first_contact_point force row level security;
create policy tenant on helpdesk.first_contact_point using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.first_contact_point to mainstay_app;

create table helpdesk.gateway (
  tenant_id uuid not null,
  kind text not null,
  sealed text not null,
  shown jsonb not null,
  active boolean not null default true,
  version integer not null default 1,
  last_error text,
  constraint gateway_pkey primary key (tenant_id, kind),
  constraint gateway_kind_check check ((kind = any (array['smtp'::text, 'sms'::text])))
);
comment on table helpdesk.gateway is 'tenant: the provider''s own mail or SMS gateway, instead of the installation''s: its settings encrypted, and what of them may be shown.';
alter table helpdesk.gateway enable row level security;
alter table helpdesk.gateway force row level security;
create policy tenant on helpdesk.gateway using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.gateway to mainstay_app;

create table helpdesk.journal (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  internal boolean not null,
  actor_kind text not null,
  actor_id uuid not null,
  text text,
  data jsonb not null default '{}'::jsonb,
  constraint journal_pkey primary key (tenant_id, id)
) partition by range (id);
comment on table helpdesk.journal is 'tenant: what happened to a ticket, entry by entry; internal entries never leave the provider.';
create index journal_by_ticket on helpdesk.journal using btree (tenant_id, ticket_id, id);
alter table helpdesk.journal enable row level security;
alter table helpdesk.journal force row level security;
create policy tenant on helpdesk.journal using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.journal to mainstay_app;
create table helpdesk.journal_2026 partition of helpdesk.journal for values from ('019b76da-a800-7000-8000-000000000000') to ('01a2ce8b-d400-7000-8000-000000000000');
create table helpdesk.journal_2027 partition of helpdesk.journal for values from ('01a2ce8b-d400-7000-8000-000000000000') to ('01aa263d-0000-7000-8000-000000000000');
create table helpdesk.journal_2028 partition of helpdesk.journal for values from ('01aa263d-0000-7000-8000-000000000000') to ('01b18314-8800-7000-8000-000000000000');
create table helpdesk.journal_2029 partition of helpdesk.journal for values from ('01b18314-8800-7000-8000-000000000000') to ('01b8dac5-b400-7000-8000-000000000000');
create table helpdesk.journal_other partition of helpdesk.journal default;

create table helpdesk.notification (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  staff_id uuid not null,
  contact_point_id uuid,
  channel text not null,
  reason text not null,
  step integer not null default 0,
  state text not null,
  attempts integer not null default 0,
  last_error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  version integer not null default 1,
  chain_id uuid,
  round integer not null default 0,
  retry_at timestamp with time zone,
  constraint notification_pkey primary key (tenant_id, id),
  constraint notification_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id),
  constraint notification_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references helpdesk.ticket(tenant_id, id),
  constraint notification_state_check check ((state = any (array['queued'::text, 'sent'::text, 'delivered'::text, 'acknowledged'::text, 'failed'::text, 'superseded'::text])))
);
comment on table helpdesk.notification is 'tenant: one call to one member of staff over one channel about one ticket.';
create index notification_by_staff on helpdesk.notification using btree (tenant_id, staff_id, id);
create index notification_by_ticket on helpdesk.notification using btree (tenant_id, ticket_id, id);
alter table helpdesk.notification enable row level security;
alter table helpdesk.notification force row level security;
create policy tenant on helpdesk.notification using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.notification to mainstay_app;

create table helpdesk.pause (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  reason text not null,
  targets text[] not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone,
  constraint pause_pkey primary key (tenant_id, id),
  constraint pause_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references helpdesk.ticket(tenant_id, id)
);
comment on table helpdesk.pause is 'tenant: a time in which the named clocks of a ticket did not run.';
create index pause_by_ticket on helpdesk.pause using btree (tenant_id, ticket_id, from_at);
alter table helpdesk.pause enable row level security;
alter table helpdesk.pause force row level security;
create policy tenant on helpdesk.pause using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.pause to mainstay_app;

create table helpdesk.priority_matrix (
  tenant_id uuid not null,
  cells jsonb not null,
  version integer not null,
  constraint priority_matrix_pkey primary key (tenant_id)
);
comment on table helpdesk.priority_matrix is 'tenant: the provider''s own way from impact and urgency to priority, {"high": {"medium": "p2"}}; without a row the usual one counts.';
alter table helpdesk.priority_matrix enable row level security;
alter table helpdesk.priority_matrix force row level security;
create policy tenant on helpdesk.priority_matrix using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.priority_matrix to mainstay_app;

create table helpdesk.rota (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  time_zone text not null,
  handover_weekday integer not null,
  handover_time text not null,
  starts_on date not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint rota_pkey primary key (tenant_id, id),
  constraint rota_handover_weekday_check check (((handover_weekday >= 1) and (handover_weekday <= 7)))
);
comment on table helpdesk.rota is 'tenant: who is on call, week by week, in the rota''s own time zone.';
alter table helpdesk.rota enable row level security;
alter table helpdesk.rota force row level security;
create policy tenant on helpdesk.rota using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.rota to mainstay_app;

create table helpdesk.rota_member (
  tenant_id uuid not null,
  rota_id uuid not null,
  "position" integer not null,
  staff_id uuid not null,
  constraint rota_member_pkey primary key (tenant_id, rota_id, "position"),
  constraint rota_member_tenant_id_rota_id_fkey foreign key (tenant_id, rota_id) references helpdesk.rota(tenant_id, id),
  constraint rota_member_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id)
);
comment on table helpdesk.rota_member is 'tenant: the order in which people take their week.';
create index rota_member_by_staff on helpdesk.rota_member using btree (tenant_id, staff_id);
alter table helpdesk.rota_member enable row level security;
alter table helpdesk.rota_member force row level security;
create policy tenant on helpdesk.rota_member using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.rota_member to mainstay_app;

create table helpdesk.rota_override (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  rota_id uuid not null,
  staff_id uuid not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  constraint rota_override_pkey primary key (tenant_id, id),
  constraint rota_override_tenant_id_rota_id_fkey foreign key (tenant_id, rota_id) references helpdesk.rota(tenant_id, id),
  constraint rota_override_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id),
  constraint rota_override_check check ((to_at > from_at))
);
comment on table helpdesk.rota_override is 'tenant: someone else is on call for a while.';
create index rota_override_by_staff on helpdesk.rota_override using btree (tenant_id, staff_id);
create index rota_override_by_time on helpdesk.rota_override using btree (tenant_id, rota_id, from_at);
alter table helpdesk.rota_override enable row level security;
alter table helpdesk.rota_override force row level security;
create policy tenant on helpdesk.rota_override using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.rota_override to mainstay_app;

create table helpdesk.saved_view (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  owner_id uuid not null,
  name text not null,
  shared boolean not null,
  query jsonb not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint saved_view_pkey primary key (tenant_id, id),
  constraint saved_view_tenant_id_owner_id_fkey foreign key (tenant_id, owner_id) references identity.staff(tenant_id, id)
);
comment on table helpdesk.saved_view is 'tenant: a named list of tickets, one''s own or shared with the desk.';
create index saved_view_by_owner on helpdesk.saved_view using btree (tenant_id, owner_id);
alter table helpdesk.saved_view enable row level security;
alter table helpdesk.saved_view force row level security;
create policy tenant on helpdesk.saved_view using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.saved_view to mainstay_app;

create table helpdesk.ticket (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  number text not null,
  kind text not null,
  subject text not null,
  description text not null,
  state text not null,
  paused_from text,
  pause_reason text,
  paused_until timestamp with time zone,
  priority text not null,
  impact text not null,
  urgency text not null,
  channel text not null,
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
  tags text[] not null default '{}'::text[],
  opened_at timestamp with time zone not null,
  assigned_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  departed_at timestamp with time zone,
  arrived_at timestamp with time zone,
  restored_at timestamp with time zone,
  resolved_at timestamp with time zone,
  closes_at timestamp with time zone,
  closed_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  resolution text,
  cause text,
  reopened_times integer not null default 0,
  next_due_at timestamp with time zone,
  next_due_target text,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  constraint ticket_pkey primary key (tenant_id, id),
  constraint ticket_tenant_id_number_key unique (tenant_id, number),
  constraint ticket_tenant_id_assignee_id_fkey foreign key (tenant_id, assignee_id) references identity.staff(tenant_id, id),
  constraint ticket_tenant_id_calendar_id_fkey foreign key (tenant_id, calendar_id) references calendars.calendar(tenant_id, id),
  constraint ticket_tenant_id_customer_id_fkey foreign key (tenant_id, customer_id) references customers.customer(tenant_id, id),
  constraint ticket_tenant_id_device_id_fkey foreign key (tenant_id, device_id) references devices.device(tenant_id, id),
  constraint ticket_tenant_id_policy_id_fkey foreign key (tenant_id, policy_id) references contracts.sla_policy(tenant_id, id),
  constraint ticket_tenant_id_requester_id_fkey foreign key (tenant_id, requester_id) references customers.person(tenant_id, id),
  constraint ticket_tenant_id_site_id_fkey foreign key (tenant_id, site_id) references customers.site(tenant_id, id),
  constraint ticket_tenant_id_visitor_id_fkey foreign key (tenant_id, visitor_id) references helpdesk.visitor(tenant_id, id),
  constraint ticket_channel_check check ((channel = any (array['portal'::text, 'qr'::text, 'email'::text, 'api'::text, 'alert'::text, 'phone'::text]))),
  constraint ticket_impact_check check ((impact = any (array['low'::text, 'medium'::text, 'high'::text]))),
  constraint ticket_kind_check check ((kind = any (array['incident'::text, 'service_request'::text, 'problem'::text, 'change'::text, 'complaint'::text, 'question'::text, 'maintenance'::text]))),
  constraint ticket_priority_check check ((priority = any (array['p1'::text, 'p2'::text, 'p3'::text, 'p4'::text]))),
  constraint ticket_state_check check ((state = any (array['new'::text, 'assigned'::text, 'acknowledged'::text, 'on_the_way'::text, 'on_site'::text, 'paused'::text, 'resolved'::text, 'closed'::text, 'cancelled'::text]))),
  constraint ticket_urgency_check check ((urgency = any (array['low'::text, 'medium'::text, 'high'::text])))
);
comment on table helpdesk.ticket is 'tenant: a fault, request, problem, change, complaint, question or planned work.';
create index ticket_by_assignee on helpdesk.ticket using btree (tenant_id, assignee_id, id) where (assignee_id is not null);
create index ticket_by_calendar on helpdesk.ticket using btree (tenant_id, calendar_id) where (next_due_at is not null);
create index ticket_by_customer on helpdesk.ticket using btree (tenant_id, customer_id, id);
create index ticket_by_device on helpdesk.ticket using btree (tenant_id, device_id, id) where (device_id is not null);
create index ticket_by_due on helpdesk.ticket using btree (tenant_id, coalesce(next_due_at, 'infinity'::timestamp with time zone), id) where (state <> all (array['resolved'::text, 'closed'::text, 'cancelled'::text]));
create index ticket_by_policy on helpdesk.ticket using btree (tenant_id, policy_id) where (policy_id is not null);
create index ticket_by_requester on helpdesk.ticket using btree (tenant_id, requester_id, id) where (requester_id is not null);
create index ticket_by_resolution on helpdesk.ticket using btree (tenant_id, assignee_id, resolved_at) where (resolved_at is not null);
create index ticket_by_site on helpdesk.ticket using btree (tenant_id, site_id, id);
create index ticket_by_visitor on helpdesk.ticket using btree (tenant_id, visitor_id, id) where (visitor_id is not null);
create index ticket_open on helpdesk.ticket using btree (tenant_id, id) where (state <> all (array['resolved'::text, 'closed'::text, 'cancelled'::text]));
create index ticket_to_close on helpdesk.ticket using btree (closes_at) where (state = 'resolved'::text);
alter table helpdesk.ticket enable row level security;
alter table helpdesk.ticket force row level security;
create policy sweep on helpdesk.ticket for select to mainstay_sweep using (true);
create policy tenant on helpdesk.ticket using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.ticket to mainstay_app;
grant select on helpdesk.ticket to mainstay_sweep;

create table helpdesk.ticket_search (
  tenant_id uuid not null,
  ticket_id uuid not null,
  terms tsvector not null,
  constraint ticket_search_pkey primary key (tenant_id, ticket_id),
  constraint ticket_search_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references helpdesk.ticket(tenant_id, id)
);
comment on table helpdesk.ticket_search is 'tenant: the words of a ticket, and pairs of characters where a language writes none; kept by a reaction.';
alter table helpdesk.ticket_search enable row level security;
alter table helpdesk.ticket_search force row level security;
create policy tenant on helpdesk.ticket_search using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.ticket_search to mainstay_app;

create table helpdesk.visitor (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  token_hash bytea not null,
  name text,
  email text,
  phone text,
  locale text not null,
  created_at timestamp with time zone not null,
  constraint visitor_pkey primary key (tenant_id, id),
  constraint visitor_tenant_id_token_hash_key unique (tenant_id, token_hash)
);
comment on table helpdesk.visitor is 'tenant: someone who reported by a QR label without signing in; a link is the only identity.';
alter table helpdesk.visitor enable row level security;
alter table helpdesk.visitor force row level security;
create policy tenant on helpdesk.visitor using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.visitor to mainstay_app;

create table helpdesk.work_entry (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  staff_id uuid not null,
  minutes integer not null,
  kind text not null,
  note text,
  worked_at timestamp with time zone not null,
  constraint work_entry_pkey primary key (tenant_id, id),
  constraint work_entry_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id),
  constraint work_entry_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references helpdesk.ticket(tenant_id, id),
  constraint work_entry_kind_check check ((kind = any (array['remote'::text, 'on_site'::text, 'travel'::text]))),
  constraint work_entry_minutes_check check ((minutes > 0))
);
comment on table helpdesk.work_entry is 'tenant: time someone spent on a ticket, travel apart.';
create index work_entry_by_staff on helpdesk.work_entry using btree (tenant_id, staff_id, worked_at);
create index work_entry_by_ticket on helpdesk.work_entry using btree (tenant_id, ticket_id, id);
alter table helpdesk.work_entry enable row level security;
alter table helpdesk.work_entry force row level security;
create policy tenant on helpdesk.work_entry using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on helpdesk.work_entry to mainstay_app;

create schema identity;
grant usage on schema identity to mainstay_app;
grant usage on schema identity to mainstay_sweep;

create table identity.api_key (
  id uuid not null default uuidv7(),
  key_hash bytea not null,
  prefix text not null,
  tenant_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  name text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_key_pkey primary key (id),
  constraint api_key_key_hash_key unique (key_hash),
  constraint api_key_kind_check check ((kind = any (array['staff'::text, 'person'::text])))
);
comment on table identity.api_key is 'global: a key that acts as its owner, within its scopes; only its hash is kept.';
create index api_key_by_owner on identity.api_key using btree (tenant_id, subject_id);
grant select, insert, update on identity.api_key to mainstay_app;

create table identity.invitation (
  token_hash bytea not null,
  tenant_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  email text not null,
  invited_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint invitation_pkey primary key (token_hash),
  constraint invitation_kind_check check ((kind = any (array['staff'::text, 'person'::text])))
);
comment on table identity.invitation is 'global: a mail link by which an invited person makes or joins a login.';
create index invitation_by_subject on identity.invitation using btree (tenant_id, subject_id);
grant select, insert, update on identity.invitation to mainstay_app;

create table identity.membership (
  tenant_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  login_id uuid,
  display_name text not null,
  email text,
  roles text[] not null,
  locale text not null,
  active boolean not null default true,
  created_at timestamp with time zone not null,
  last_chosen_at timestamp with time zone,
  constraint membership_pkey primary key (tenant_id, subject_id),
  constraint membership_login_id_fkey foreign key (login_id) references auth.login(id),
  constraint membership_kind_check check ((kind = any (array['staff'::text, 'person'::text])))
);
comment on table identity.membership is 'global: who may act in a tenant, as a member of staff or as a person at a customer; login_id is null until the invitation is accepted. Name, mail address, roles and locale are copies of the tenant''s own rows, written with them.';
create unique index membership_by_login on identity.membership using btree (login_id, tenant_id, kind);
grant select, insert, update, delete on identity.membership to mainstay_app;

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
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint staff_pkey primary key (tenant_id, id)
);
comment on table identity.staff is 'tenant: a member of the provider''s staff; joined once an invitation was accepted and a login can act as it.';
create unique index staff_by_email on identity.staff using btree (tenant_id, lower(email));
create index staff_by_name on identity.staff using btree (tenant_id, sort_name, id);
alter table identity.staff enable row level security;
alter table identity.staff force row level security;
create policy tenant on identity.staff using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on identity.staff to mainstay_app;

create table identity.staff_skill (
  tenant_id uuid not null,
  staff_id uuid not null,
  skill text not null,
  level integer not null,
  constraint staff_skill_pkey primary key (tenant_id, staff_id, skill),
  constraint staff_skill_tenant_id_staff_id_fkey foreign key (tenant_id, staff_id) references identity.staff(tenant_id, id),
  constraint staff_skill_level_check check (((level >= 1) and (level <= 5)))
);
comment on table identity.staff_skill is 'tenant: what a member of staff can do, from 1 (learning) to 5 (teaches it).';
create index staff_skill_by_skill on identity.staff_skill using btree (tenant_id, skill, level);
alter table identity.staff_skill enable row level security;
alter table identity.staff_skill force row level security;
create policy tenant on identity.staff_skill using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on identity.staff_skill to mainstay_app;

create table identity.tenant (
  id uuid not null default uuidv7(),
  name text not null,
  slug text not null,
  locale text not null,
  time_zone text not null,
  currency text not null,
  created_at timestamp with time zone not null,
  constraint tenant_pkey primary key (id),
  constraint tenant_slug_key unique (slug)
);
comment on table identity.tenant is 'global: a provider; the directory of all tenants.';
grant select, insert, update on identity.tenant to mainstay_app;
grant select on identity.tenant to mainstay_sweep;

create table identity.throttle (
  key text not null,
  attempts integer not null,
  resets_at timestamp with time zone not null,
  constraint throttle_pkey primary key (key)
);
comment on table identity.throttle is 'global: how often something was tried since its window began: guesses at passwords and codes, mails to one address.';
grant select, insert, update, delete on identity.throttle to mainstay_app;

create schema platform;
grant usage on schema platform to mainstay_app;
grant usage on schema platform to mainstay_sweep;

CREATE OR REPLACE FUNCTION platform.first_uuidv7(at timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE STRICT
AS $function$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$function$;
comment on function platform.first_uuidv7(timestamp with time zone) is 'The smallest uuidv7 of an instant: time ranges over ids.';

CREATE OR REPLACE FUNCTION platform.let_sweep_read(tenant_table regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('create policy sweep on %s for select to mainstay_sweep using (true)', tenant_table);
  execute format('grant select on %s to mainstay_sweep', tenant_table);
end $function$;
comment on function platform.let_sweep_read(regclass) is 'Opens a table to the named cross-tenant reads.';

CREATE OR REPLACE FUNCTION platform.partition_by_year(parent regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$;
comment on function platform.partition_by_year(regclass) is 'Yearly partitions over a uuidv7 key, and one for whatever falls outside. Few at a time: each costs every statement a look; a later migration adds years.';

CREATE OR REPLACE FUNCTION platform.seal_off(tenant_table regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', tenant_table);
  execute format('alter table %s force row level security', tenant_table);
  execute format(
    'create policy tenant on %s using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', tenant_table);
  execute format('grant select, insert, update, delete on %s to mainstay_app', tenant_table);
end $function$;
comment on function platform.seal_off(regclass) is 'Makes a table a tenant''s own: forced row-level security and the grants of mainstay_app.';

create table platform.event (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  type text not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject_version integer not null,
  data jsonb not null,
  actor_kind text not null,
  actor_id uuid not null,
  customer_id uuid,
  site_id uuid,
  audience uuid[] not null default '{}'::uuid[],
  request_id text,
  recorded_at timestamp with time zone not null,
  delivered_at timestamp with time zone,
  attempts integer not null default 0,
  retry_at timestamp with time zone,
  dead_at timestamp with time zone,
  last_error text,
  constraint event_pkey primary key (tenant_id, id)
) partition by range (id);
comment on table platform.event is 'tenant: one thing that happened; news for reactions and live pages, and the audit log.';
create index event_by_subject on platform.event using btree (tenant_id, subject_id, id);
create index event_undelivered on platform.event using btree (tenant_id, id) where ((delivered_at is null) and (dead_at is null));
alter table platform.event enable row level security;
alter table platform.event force row level security;
create policy sweep on platform.event for select to mainstay_sweep using (true);
create policy tenant on platform.event using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on platform.event to mainstay_app;
grant select on platform.event to mainstay_sweep;
create table platform.event_2026 partition of platform.event for values from ('019b76da-a800-7000-8000-000000000000') to ('01a2ce8b-d400-7000-8000-000000000000');
create table platform.event_2027 partition of platform.event for values from ('01a2ce8b-d400-7000-8000-000000000000') to ('01aa263d-0000-7000-8000-000000000000');
create table platform.event_2028 partition of platform.event for values from ('01aa263d-0000-7000-8000-000000000000') to ('01b18314-8800-7000-8000-000000000000');
create table platform.event_2029 partition of platform.event for values from ('01b18314-8800-7000-8000-000000000000') to ('01b8dac5-b400-7000-8000-000000000000');
create table platform.event_other partition of platform.event default;

create table platform.idempotency_key (
  tenant_id uuid not null,
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  body jsonb,
  created_at timestamp with time zone not null,
  constraint idempotency_key_pkey primary key (tenant_id, actor_id, key)
);
comment on table platform.idempotency_key is 'tenant: the answer given to a write, kept for its repetition.';
create index idempotency_key_by_age on platform.idempotency_key using btree (tenant_id, created_at);
alter table platform.idempotency_key enable row level security;
alter table platform.idempotency_key force row level security;
create policy tenant on platform.idempotency_key using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on platform.idempotency_key to mainstay_app;

create table platform.number_block (
  tenant_id uuid not null,
  kind text not null,
  next_number integer not null,
  constraint number_block_pkey primary key (tenant_id, kind)
);
comment on table platform.number_block is 'tenant: the next free human number of a kind; processes take blocks, gaps are allowed.';
alter table platform.number_block enable row level security;
alter table platform.number_block force row level security;
create policy tenant on platform.number_block using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on platform.number_block to mainstay_app;

create table platform.seal (
  tenant_id uuid not null,
  sequence integer not null,
  from_id uuid not null,
  to_id uuid not null,
  events integer not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null,
  constraint seal_pkey primary key (tenant_id, sequence)
);
comment on table platform.seal is 'tenant: one link of the hash chain over the event log; covers the ids after from_id up to to_id.';
alter table platform.seal enable row level security;
alter table platform.seal force row level security;
create policy tenant on platform.seal using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on platform.seal to mainstay_app;

grant usage on schema public to public;

create table public.mainstay_migration (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null,
  constraint mainstay_migration_pkey primary key (name)
);
comment on table public.mainstay_migration is 'global: a migration that has run';
grant select on public.mainstay_migration to mainstay_app;

create schema quality;
grant usage on schema quality to mainstay_app;
grant usage on schema quality to mainstay_sweep;

create table quality.rating (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  customer_id uuid not null,
  site_id uuid not null,
  engineer_id uuid,
  rater_kind text not null,
  person_id uuid,
  visitor_id uuid,
  overall integer not null,
  technical integer,
  attitude integer,
  crisis_awareness integer,
  comment text,
  created_at timestamp with time zone not null,
  rated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint rating_pkey primary key (tenant_id, id),
  constraint rating_tenant_id_ticket_id_person_id_visitor_id_key unique nulls not distinct (tenant_id, ticket_id, person_id, visitor_id),
  constraint rating_tenant_id_engineer_id_fkey foreign key (tenant_id, engineer_id) references identity.staff(tenant_id, id),
  constraint rating_tenant_id_person_id_fkey foreign key (tenant_id, person_id) references customers.person(tenant_id, id),
  constraint rating_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references helpdesk.ticket(tenant_id, id),
  constraint rating_tenant_id_visitor_id_fkey foreign key (tenant_id, visitor_id) references helpdesk.visitor(tenant_id, id),
  constraint rating_attitude_check check (((attitude >= 1) and (attitude <= 5))),
  constraint rating_check check (((person_id is null) <> (visitor_id is null))),
  constraint rating_check1 check (((rater_kind = 'visitor'::text) = (visitor_id is not null))),
  constraint rating_crisis_awareness_check check (((crisis_awareness >= 1) and (crisis_awareness <= 5))),
  constraint rating_overall_check check (((overall >= 1) and (overall <= 5))),
  constraint rating_rater_kind_check check ((rater_kind = any (array['contact'::text, 'user'::text, 'visitor'::text]))),
  constraint rating_technical_check check (((technical >= 1) and (technical <= 5)))
);
comment on table quality.rating is 'tenant: what one person or visitor said of the service on one ticket. Customer and site are the ticket''s; the engineer is who had it when it was resolved. Never by staff: there is no column for one.';
create index rating_by_customer on quality.rating using btree (tenant_id, customer_id, rated_at);
create index rating_by_engineer on quality.rating using btree (tenant_id, engineer_id, rated_at) where (engineer_id is not null);
create index rating_by_person on quality.rating using btree (tenant_id, person_id) where (person_id is not null);
create index rating_by_site on quality.rating using btree (tenant_id, site_id, rated_at);
create index rating_by_time on quality.rating using btree (tenant_id, rated_at);
create index rating_by_visitor on quality.rating using btree (tenant_id, visitor_id) where (visitor_id is not null);
alter table quality.rating enable row level security;
alter table quality.rating force row level security;
create policy tenant on quality.rating using ((tenant_id = (nullif(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select, insert, update, delete on quality.rating to mainstay_app;
