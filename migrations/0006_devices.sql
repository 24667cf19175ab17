create schema devices;
grant usage on schema devices to mainstay_app, mainstay_sweep;

create table devices.device (
  tenant_id uuid not null,
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  site_id uuid not null,
  name text not null,
  sort_name text not null generated always as (lower(name)) stored,
  type text not null,
  manufacturer text not null default '',
  model text not null default '',
  serial text,
  asset_tag text,
  purchased_on date,
  installed_on date,
  warranty_until date,
  status text not null default 'in_service' check (status in ('in_service', 'in_stock', 'retired')),
  code text not null,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, customer_id) references customers.customer (tenant_id, id),
  foreign key (tenant_id, site_id) references customers.site (tenant_id, id)
);
comment on table devices.device is 'tenant: a thing that is looked after, at a site; its code is on its QR label.';
create index device_by_site on devices.device (tenant_id, site_id, sort_name, id);
create index device_by_customer on devices.device (tenant_id, customer_id, sort_name, id);
create index device_by_name on devices.device (tenant_id, sort_name, id);
create index device_by_serial on devices.device (tenant_id, serial) where serial is not null;
create index device_by_type on devices.device (tenant_id, type);
select platform.seal_off('devices.device');

create table devices.device_code (
  code text primary key,
  tenant_id uuid not null,
  device_id uuid not null
);
comment on table devices.device_code is 'global: which device of which tenant a QR label names; read before the tenant is known.';
create unique index device_code_by_device on devices.device_code (tenant_id, device_id);
grant select, insert, update, delete on devices.device_code to mainstay_app;
