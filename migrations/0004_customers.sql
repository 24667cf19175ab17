create schema customers;
grant usage on schema customers to mainstay_app, mainstay_sweep;

create table customers.customer (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  code text not null,
  deployment text not null check (deployment in ('saas', 'on_premise', 'hybrid')),
  lifecycle text not null check (lifecycle in ('pilot', 'onboarding', 'active', 'renewal', 'lost')),
  locale text not null,
  calendar_id uuid,
  csm_id uuid,
  tam_id uuid,
  email_domains text[] not null default '{}',
  version int not null default 1,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, calendar_id) references calendars.calendar (tenant_id, id),
  foreign key (tenant_id, csm_id) references identity.staff (tenant_id, id),
  foreign key (tenant_id, tam_id) references identity.staff (tenant_id, id)
);
comment on table customers.customer is 'tenant: an organisation that pays and signs.';
create index customer_by_name on customers.customer (tenant_id, sort_name, id);
create index customer_by_calendar on customers.customer (tenant_id, calendar_id);
create index customer_by_csm on customers.customer (tenant_id, csm_id);
create index customer_by_tam on customers.customer (tenant_id, tam_id);
select platform.seal_off('customers.customer');

create table customers.site (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  code text not null,
  address text not null default '',
  latitude double precision,
  longitude double precision,
  time_zone text not null,
  calendar_id uuid,
  phone text,
  access_notes text not null default '',
  version int not null default 1,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, customer_id, code),
  foreign key (tenant_id, customer_id) references customers.customer (tenant_id, id),
  foreign key (tenant_id, calendar_id) references calendars.calendar (tenant_id, id)
);
comment on table customers.site is 'tenant: a place of a customer where users and devices are.';
create index site_by_customer on customers.site (tenant_id, customer_id, sort_name, id);
create index site_by_name on customers.site (tenant_id, sort_name, id);
create index site_by_calendar on customers.site (tenant_id, calendar_id);
select platform.seal_off('customers.site');

create table customers.person (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  email text check (email = lower(email)),
  phone text,
  locale text not null,
  version int not null default 1,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (tenant_id, id)
);
comment on table customers.person is 'tenant: a human being at one or several customers.';
create unique index person_by_email on customers.person (tenant_id, email) where email is not null and archived_at is null;
create index person_by_name on customers.person (tenant_id, sort_name, id);
select platform.seal_off('customers.person');

create table customers.affiliation (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  customer_id uuid not null,
  role text not null check (role in ('contact', 'user')),
  site_id uuid,
  tier text not null default 'standard' check (tier in ('vip', 'standard', 'basic')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, person_id, customer_id, role, site_id),
  foreign key (tenant_id, person_id) references customers.person (tenant_id, id),
  foreign key (tenant_id, customer_id) references customers.customer (tenant_id, id),
  foreign key (tenant_id, site_id) references customers.site (tenant_id, id),
  check (role = 'contact' or site_id is not null)
);
comment on table customers.affiliation is 'tenant: what a person is at a customer: contact (pays, signs, sees all its sites) or user of one site, with a tier.';
create index affiliation_by_customer on customers.affiliation (tenant_id, customer_id, person_id);
create index affiliation_by_site on customers.affiliation (tenant_id, site_id);
select platform.seal_off('customers.affiliation');

create table customers.named_engineer (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  site_id uuid,
  staff_id uuid not null,
  rank int not null,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, customer_id, site_id, staff_id),
  foreign key (tenant_id, customer_id) references customers.customer (tenant_id, id),
  foreign key (tenant_id, site_id) references customers.site (tenant_id, id),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id)
);
comment on table customers.named_engineer is 'tenant: who answers for a site, or for all sites of a customer (site_id null); lowest rank first.';
create index named_engineer_by_site on customers.named_engineer (tenant_id, site_id);
create index named_engineer_by_staff on customers.named_engineer (tenant_id, staff_id);
select platform.seal_off('customers.named_engineer');
