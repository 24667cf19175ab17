create table helpdesk.first_contact_point (
  tenant_id uuid not null,
  staff_id uuid not null,
  joined_at timestamptz not null,
  given_at timestamptz,
  primary key (tenant_id, staff_id),
  foreign key (tenant_id, staff_id) references identity.staff (tenant_id, id)
);
comment on table helpdesk.first_contact_point is 'tenant: a member of staff who joined, and when their mail address became their first contact point; once, so one that was removed stays away. Not given yet: no mail can be sent.';
create index first_contact_point_waiting on helpdesk.first_contact_point (tenant_id, staff_id) where given_at is null;
select platform.seal_off('helpdesk.first_contact_point');
