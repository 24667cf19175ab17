alter table helpdesk.clock add column warn_at timestamptz;
alter table helpdesk.clock add column warned_at timestamptz;
comment on table helpdesk.clock is 'tenant: one promise of a ticket. It counts on its calendar from counted_from, on other calendars before (earlier_segments), minus the pauses. At warn_at most of its time is used up; it warns once.';
create index clock_to_warn on helpdesk.clock (warn_at) where warn_at is not null;
