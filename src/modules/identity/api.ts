import { type Static, Type } from "typebox";
import { Id, Locale, Name, oneOf, orNull } from "../../platform/fields.ts";
import { Page, pageQuery } from "../../platform/page.ts";
import { type Permission, type PersonRole, permissions, type StaffRole, staffRoles } from "./permissions.ts";

const closed = { additionalProperties: false } as const;
const Email = Type.String({ format: "email", maxLength: 254 });
const Phone = Type.String({ minLength: 3, maxLength: 40, pattern: "^[+0-9][0-9 ()./-]*$" });
const TimeZone = Type.String({ minLength: 1, maxLength: 64, description: "IANA name" });
const Currency = Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217" });
const Instant = Type.String({ description: "RFC 3339, UTC" });
/** What is typed to sign in; its rules are told when one is chosen. */
const GivenPassword = Type.String({ minLength: 1, maxLength: 128 });
export const Password = Type.String({
  minLength: 10,
  maxLength: 128,
  description: "10 to 128 characters, not a common one",
});
const StaffRoleName = oneOf<StaffRole>(...staffRoles);
const RoleName = oneOf<StaffRole | PersonRole>(...staffRoles, "contact", "user");
const Scope = oneOf<Permission | "*">("*", ...permissions);
const Kind = oneOf("staff", "person");

export const Setup = Type.Object({ needed: Type.Boolean(), passkeys: Type.Boolean() });
export type Setup = Static<typeof Setup>;

export const SignUp = Type.Object(
  {
    providerName: Name,
    locale: Locale,
    timeZone: TimeZone,
    currency: Currency,
    ownerName: Name,
    ownerEmail: Email,
    password: Password,
  },
  closed,
);
export type SignUp = Static<typeof SignUp>;

export const Tenant = Type.Object({
  id: Id,
  name: Type.String(),
  slug: Type.String(),
  locale: Locale,
  timeZone: Type.String(),
  currency: Type.String(),
});
export type Tenant = Static<typeof Tenant>;

export const Membership = Type.Object({ tenantId: Id, kind: Kind, name: Type.String(), current: Type.Boolean() });
export type Membership = Static<typeof Membership>;

export const Me = Type.Object({
  kind: Kind,
  id: Id,
  name: Type.String(),
  email: orNull(Type.String()),
  phone: orNull(Type.String()),
  title: orNull(Type.String()),
  timeZone: Type.String(),
  locale: Locale,
  roles: Type.Array(RoleName),
  permissions: Type.Array(Type.String()),
  tenant: Tenant,
  memberships: Type.Array(Membership),
  twoFactorEnabled: Type.Boolean(),
  passkeys: Type.Integer({ description: "How many" }),
  via: oneOf("session", "api_key"),
});
export type Me = Static<typeof Me>;

export const ChangeMe = Type.Object(
  {
    name: Type.Optional(Name),
    locale: Type.Optional(Locale),
    phone: Type.Optional(orNull(Phone)),
    timeZone: Type.Optional(TimeZone),
  },
  closed,
);
export type ChangeMe = Static<typeof ChangeMe>;

export const SignIn = Type.Object(
  {
    email: Email,
    password: GivenPassword,
    code: Type.Optional(
      Type.String({ minLength: 6, maxLength: 20, description: "Of the authenticator app, or a recovery code" }),
    ),
  },
  closed,
);
export type SignIn = Static<typeof SignIn>;

export const ChooseTenant = Type.Object({ tenantId: Id, kind: Type.Optional(Kind) }, closed);
export type ChooseTenant = Static<typeof ChooseTenant>;

export const Session = Type.Object({
  id: Id,
  userAgent: orNull(Type.String()),
  address: orNull(Type.String()),
  createdAt: Instant,
  lastSeenAt: Instant,
  current: Type.Boolean(),
});
export type Session = Static<typeof Session>;
export const SessionList = Page(Session);

export const ChangePassword = Type.Object({ current: GivenPassword, next: Password }, closed);
export type ChangePassword = Static<typeof ChangePassword>;
export const AskPasswordReset = Type.Object({ email: Email }, closed);
export const ResetPassword = Type.Object({ password: Password }, closed);

export const PasswordProof = Type.Object({ password: GivenPassword }, closed);
export const TotpEnrolment = Type.Object({ uri: Type.String(), secret: Type.String() });
export const TotpCode = Type.Object({ code: Type.String({ pattern: "^[0-9]{6}$" }) }, closed);
export const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String()) });

/** Public-key credential documents are the browser's and the standard's (W3C WebAuthn Level 3, JSON forms). */
export const PasskeyOptions = Type.Record(Type.String(), Type.Unknown());
export const AddPasskey = Type.Object({ name: Name, credential: Type.Record(Type.String(), Type.Unknown()) }, closed);
export const PasskeySignIn = Type.Object({ credential: Type.Record(Type.String(), Type.Unknown()) }, closed);
export const Passkey = Type.Object({ id: Id, name: Type.String(), createdAt: Instant });
export type Passkey = Static<typeof Passkey>;
export const PasskeyList = Page(Passkey);

export const Skill = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80, pattern: "\\S" }),
    level: Type.Integer({ minimum: 1, maximum: 5 }),
  },
  closed,
);
export type Skill = Static<typeof Skill>;

export const Member = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  email: Type.String(),
  phone: orNull(Type.String()),
  title: orNull(Type.String()),
  locale: Locale,
  timeZone: Type.String(),
  roles: Type.Array(StaffRoleName),
  active: Type.Boolean(),
  joined: Type.Boolean({ description: "Has accepted the invitation and can sign in" }),
  skills: Type.Array(Skill),
  createdAt: Instant,
});
export type Member = Static<typeof Member>;
export const MemberList = Page(Member);
export type MemberList = Static<typeof MemberList>;

export const ListMembers = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200 })),
    role: Type.Optional(StaffRoleName),
    active: Type.Optional(Type.Boolean()),
    ...pageQuery,
  },
  closed,
);
export type ListMembers = Static<typeof ListMembers>;

const roles = Type.Array(StaffRoleName, { minItems: 1, maxItems: staffRoles.length, uniqueItems: true });
const skills = Type.Array(Skill, { maxItems: 200 });

export const AddMember = Type.Object(
  {
    name: Name,
    email: Email,
    roles,
    phone: Type.Optional(orNull(Phone)),
    title: Type.Optional(orNull(Name)),
    locale: Type.Optional(Locale),
    timeZone: Type.Optional(TimeZone),
    skills: Type.Optional(skills),
  },
  closed,
);
export type AddMember = Static<typeof AddMember>;

export const ChangeMember = Type.Object(
  {
    name: Type.Optional(Name),
    email: Type.Optional(Email),
    phone: Type.Optional(orNull(Phone)),
    title: Type.Optional(orNull(Name)),
    locale: Type.Optional(Locale),
    timeZone: Type.Optional(TimeZone),
    roles: Type.Optional(roles),
    active: Type.Optional(Type.Boolean()),
    skills: Type.Optional(skills),
  },
  closed,
);
export type ChangeMember = Static<typeof ChangeMember>;

/** `link` only where no mail server is configured: then somebody has to hand it over. */
export const Invited = Type.Object({ expiresAt: Instant, link: Type.Optional(Type.String()) });
export type Invited = Static<typeof Invited>;
export const AddedMember = Type.Object({ ...Member.properties, invitation: Invited });
export type AddedMember = Static<typeof AddedMember>;

export const Invitation = Type.Object({
  providerName: Type.String(),
  invitedBy: Type.String(),
  kind: Kind,
  name: Type.String(),
  email: Type.String(),
  roles: Type.Array(RoleName),
  locale: Locale,
  expiresAt: Instant,
  hasLogin: Type.Boolean({ description: "Accept with the password of the login that this address has already" }),
});
export type Invitation = Static<typeof Invitation>;
export const AcceptInvitation = Type.Object(
  { password: GivenPassword, code: Type.Optional(Type.String({ minLength: 6, maxLength: 20 })) },
  closed,
);
export type AcceptInvitation = Static<typeof AcceptInvitation>;

export const ApiKey = Type.Object({
  id: Id,
  name: Type.String(),
  prefix: Type.String(),
  scopes: Type.Array(Type.String()),
  ownerId: Id,
  ownerName: Type.String(),
  createdAt: Instant,
  lastUsedAt: orNull(Instant),
  expiresAt: orNull(Instant),
});
export type ApiKey = Static<typeof ApiKey>;
export const ApiKeyList = Page(ApiKey);
export type ApiKeyList = Static<typeof ApiKeyList>;
export const ListApiKeys = Type.Object(pageQuery, closed);
export type ListApiKeys = Static<typeof ListApiKeys>;
export const AddApiKey = Type.Object(
  {
    name: Name,
    scopes: Type.Array(Scope, { minItems: 1, maxItems: 100, uniqueItems: true }),
    expiresAt: Type.Optional(Type.String({ format: "date-time" })),
  },
  closed,
);
export type AddApiKey = Static<typeof AddApiKey>;
export const NewApiKey = Type.Object({ ...ApiKey.properties, key: Type.String({ description: "Shown this once" }) });
export type NewApiKey = Static<typeof NewApiKey>;

export const ById = Type.Object({ id: Id }, closed);
export const ByToken = Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) }, closed);
export const NoBody = Type.Object({}, closed);
export const Done = Type.Null();
