-- A list is paged along sort_name: under row-level security no index condition may call a function such as lower(), which
-- is not leakproof, so the value is stored. The same holds for the other modules' lists.
create schema calendars;
grant usage on schema calendars to mainstay_app, mainstay_sweep;

create table calendars.calendar (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  time_zone text not null,
  weekly jsonb not null,
  country text,
  region text,
  recurring_holidays text[] not null default '{}',
  version int not null default 1,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (tenant_id, id)
);
comment on table calendars.calendar is 'tenant: weekly hours, and whose public holidays close them.';
create index calendar_by_name on calendars.calendar (tenant_id, sort_name, id);
select platform.seal_off('calendars.calendar');

create table calendars.calendar_day (
  tenant_id uuid not null,
  calendar_id uuid not null,
  day date not null,
  name text not null,
  intervals jsonb not null,
  primary key (tenant_id, calendar_id, day),
  foreign key (tenant_id, calendar_id) references calendars.calendar (tenant_id, id)
);
comment on table calendars.calendar_day is 'tenant: a day that differs from the week: its own hours, or none on a holiday.';
select platform.seal_off('calendars.calendar_day');
