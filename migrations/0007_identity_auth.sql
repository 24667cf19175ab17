-- Tables of the sign-in library (better-auth 1.7.6), under our names. Its statements are its own; ours read and write here too.
create table auth.login (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table auth.login is 'global: a human being who signs in; belongs to no tenant.';

create table auth.session (
  id uuid primary key,
  login_id uuid not null references auth.login (id) on delete cascade,
  token text not null unique,
  tenant_id uuid,
  subject_id uuid,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table auth.session is 'global: one signed-in device and the tenant it works in. The cookie is the token with our signature; updated_at is when it was last seen.';
create index session_by_login on auth.session (login_id);
create index session_by_subject on auth.session (tenant_id, subject_id);

create table auth.account (
  id uuid primary key,
  login_id uuid not null references auth.login (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
comment on table auth.account is 'global: a way to prove a login: provider "credential" holds the password''s scrypt hash.';
create index account_by_login on auth.account (login_id);

create table auth.verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table auth.verification is 'global: a short-lived proof under way: a password reset, a passkey challenge, a second step. Identifiers are hashed.';
create index verification_by_identifier on auth.verification (identifier);
create index verification_by_expiry on auth.verification (expires_at);

create table auth.two_factor (
  id uuid primary key,
  login_id uuid not null unique references auth.login (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count int default 0,
  locked_until timestamptz
);
comment on table auth.two_factor is 'global: the authenticator app of a login; secret and recovery codes are encrypted.';

create table auth.passkey (
  id uuid primary key,
  login_id uuid not null references auth.login (id) on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz
);
comment on table auth.passkey is 'global: a passkey of a login; only its public half.';
create index passkey_by_login on auth.passkey (login_id);

grant select, insert, update, delete on auth.login, auth.session, auth.account, auth.verification, auth.two_factor, auth.passkey
  to mainstay_app;

alter table identity.membership add foreign key (login_id) references auth.login (id);
