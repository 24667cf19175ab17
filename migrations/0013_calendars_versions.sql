create table calendars.calendar_version (
  tenant_id uuid not null,
  calendar_id uuid not null,
  version int not null,
  hours jsonb not null,
  replaced_at timestamptz not null,
  primary key (tenant_id, calendar_id, version),
  foreign key (tenant_id, calendar_id) references calendars.calendar (tenant_id, id)
);
comment on table calendars.calendar_version is 'tenant: the hours that a calendar had until they were replaced; clocks that ran then keep what they counted by them.';
select platform.seal_off('calendars.calendar_version');
