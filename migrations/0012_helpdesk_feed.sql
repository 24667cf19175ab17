create table helpdesk.feed (
  tenant_id uuid not null,
  staff_id uuid not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, staff_id),
  unique (tenant_id, secret_hash),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id)
);
comment on table helpdesk.feed is 'tenant: the secret address at which a member of staff''s own work can be read as iCalendar.';
select platform.seal_off('helpdesk.feed');
