create schema quality;
grant usage on schema quality to mainstay_app, mainstay_sweep;

create table quality.rating (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  ticket_id uuid not null,
  customer_id uuid not null,
  site_id uuid not null,
  engineer_id uuid,
  rater_kind text not null check (rater_kind in ('contact', 'user', 'visitor')),
  person_id uuid,
  visitor_id uuid,
  overall int not null check (overall between 1 and 5),
  technical int check (technical between 1 and 5),
  attitude int check (attitude between 1 and 5),
  crisis_awareness int check (crisis_awareness between 1 and 5),
  comment text,
  created_at timestamptz not null,
  rated_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, ticket_id, person_id, visitor_id),
  foreign key (tenant_id, ticket_id) references helpdesk.ticket (tenant_id, id),
  foreign key (tenant_id, engineer_id) references identity.staff (tenant_id, id),
  foreign key (tenant_id, person_id) references customers.person (tenant_id, id),
  foreign key (tenant_id, visitor_id) references helpdesk.visitor (tenant_id, id),
  check ((person_id is null) <> (visitor_id is null)),
  check ((rater_kind = 'visitor') = (visitor_id is not null))
);
comment on table quality.rating is 'tenant: what one person or visitor said of the service on one ticket. Customer and site are the ticket''s; the engineer is who had it when it was resolved. Never by staff: there is no column for one.';
create index rating_by_time on quality.rating (tenant_id, rated_at);
create index rating_by_engineer on quality.rating (tenant_id, engineer_id, rated_at) where engineer_id is not null;
create index rating_by_customer on quality.rating (tenant_id, customer_id, rated_at);
create index rating_by_site on quality.rating (tenant_id, site_id, rated_at);
create index rating_by_person on quality.rating (tenant_id, person_id) where person_id is not null;
create index rating_by_visitor on quality.rating (tenant_id, visitor_id) where visitor_id is not null;
select platform.seal_off('quality.rating');
