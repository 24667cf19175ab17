create table helpdesk.priority_matrix (
  tenant_id uuid not null,
  cells jsonb not null,
  version int not null,
  primary key (tenant_id)
);
comment on table helpdesk.priority_matrix is 'tenant: the provider''s own way from impact and urgency to priority, {"high": {"medium": "p2"}}; without a row the usual one counts.';
select platform.seal_off('helpdesk.priority_matrix');
