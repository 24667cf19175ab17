import { type Static, Type } from "typebox";
import { Id, Locale, Name, oneOf, orNull } from "../../platform/fields.ts";
import { Page, pageQuery } from "../../platform/page.ts";

const Code = Type.String({ pattern: "^[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,39}$" });
const Phone = Type.String({ pattern: "^[+]?[0-9 ()./-]{3,40}$" });
const Email = Type.String({ format: "email", maxLength: 254 });
const listQuery = {
  ...pageQuery,
  q: Type.Optional(Type.String({ maxLength: 100 })),
  archived: Type.Boolean({ default: false }),
};

export const Deployment = oneOf("saas", "on_premise", "hybrid");
export type Deployment = Static<typeof Deployment>;
export const Lifecycle = oneOf("pilot", "onboarding", "active", "renewal", "lost");
export type Lifecycle = Static<typeof Lifecycle>;
export const Tier = oneOf("vip", "standard", "basic");
export type Tier = Static<typeof Tier>;

/** Lowest rank is asked first. A site's own engineers come before those named for all sites of the customer. */
export const NamedEngineer = Type.Object({
  id: Id,
  name: Type.String(),
  rank: Type.Integer(),
  scope: oneOf("site", "customer"),
});
export type NamedEngineer = Static<typeof NamedEngineer>;

/** Replaces the list whole, in order of rank: members of staff. */
export const NamedEngineers = Type.Object(
  { memberIds: Type.Array(Id, { maxItems: 50, uniqueItems: true }) },
  { additionalProperties: false },
);
export type NamedEngineers = Static<typeof NamedEngineers>;

export const Customer = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  code: Type.String(),
  deployment: Deployment,
  lifecycle: Lifecycle,
  locale: Locale,
  calendarId: orNull(Id),
  csmId: orNull(Id),
  csmName: orNull(Type.String()),
  tamId: orNull(Id),
  tamName: orNull(Type.String()),
  emailDomains: Type.Array(Type.String()),
  siteCount: Type.Integer(),
  namedEngineers: Type.Array(NamedEngineer),
  createdAt: Type.String(),
  archivedAt: orNull(Type.String()),
});
export type Customer = Static<typeof Customer>;

const customerFields = {
  name: Name,
  code: Code,
  deployment: Deployment,
  lifecycle: Lifecycle,
  locale: Locale,
  calendarId: orNull(Id),
  csmId: orNull(Id),
  tamId: orNull(Id),
  emailDomains: Type.Array(Type.String({ pattern: "^([A-Za-z0-9-]{1,63}\\.)+[A-Za-z0-9-]{2,63}$" }), {
    maxItems: 50,
  }),
};

/** `code` is made from the name when it is left out; `locale` is the provider's then. */
export const NewCustomer = Type.Object(
  {
    name: Name,
    code: Type.Optional(Code),
    deployment: Type.Optional(Deployment),
    lifecycle: Type.Optional(Lifecycle),
    locale: Type.Optional(Locale),
    calendarId: Type.Optional(customerFields.calendarId),
    csmId: Type.Optional(customerFields.csmId),
    tamId: Type.Optional(customerFields.tamId),
    emailDomains: Type.Optional(customerFields.emailDomains),
  },
  { additionalProperties: false },
);
export type NewCustomer = Static<typeof NewCustomer>;

export const CustomerChange = Type.Partial(Type.Object({ ...customerFields, archived: Type.Boolean() }), {
  additionalProperties: false,
  minProperties: 1,
});
export type CustomerChange = Static<typeof CustomerChange>;

export const CustomerFilter = Type.Object(
  { ...listQuery, lifecycle: Type.Optional(Lifecycle), deployment: Type.Optional(Deployment) },
  { additionalProperties: false },
);
export type CustomerFilter = Static<typeof CustomerFilter>;
export const CustomerPage = Page(Customer);
export type CustomerPage = Static<typeof CustomerPage>;

export const Site = Type.Object({
  id: Id,
  version: Type.Integer(),
  customerId: Id,
  customerName: Type.String(),
  name: Type.String(),
  code: Type.String(),
  address: Type.String(),
  latitude: orNull(Type.Number()),
  longitude: orNull(Type.Number()),
  timeZone: Type.String(),
  calendarId: orNull(Id),
  phone: orNull(Type.String()),
  /** How to get in. For staff only: null for everyone else. */
  accessNotes: orNull(Type.String()),
  namedEngineers: Type.Array(NamedEngineer),
  createdAt: Type.String(),
  archivedAt: orNull(Type.String()),
});
export type Site = Static<typeof Site>;

const siteFields = {
  name: Name,
  code: Code,
  address: Type.String({ maxLength: 500 }),
  latitude: orNull(Type.Number({ minimum: -90, maximum: 90 })),
  longitude: orNull(Type.Number({ minimum: -180, maximum: 180 })),
  timeZone: Type.String({ maxLength: 60 }),
  calendarId: orNull(Id),
  phone: orNull(Phone),
  accessNotes: Type.String({ maxLength: 4000 }),
};

/** `code` is made from the name when it is left out; `timeZone` is the provider's then. */
export const NewSite = Type.Object(
  {
    customerId: Id,
    name: Name,
    code: Type.Optional(Code),
    address: Type.Optional(siteFields.address),
    latitude: Type.Optional(siteFields.latitude),
    longitude: Type.Optional(siteFields.longitude),
    timeZone: Type.Optional(siteFields.timeZone),
    calendarId: Type.Optional(siteFields.calendarId),
    phone: Type.Optional(siteFields.phone),
    accessNotes: Type.Optional(siteFields.accessNotes),
  },
  { additionalProperties: false },
);
export type NewSite = Static<typeof NewSite>;

export const SiteChange = Type.Partial(Type.Object({ ...siteFields, archived: Type.Boolean() }), {
  additionalProperties: false,
  minProperties: 1,
});
export type SiteChange = Static<typeof SiteChange>;

export const SiteFilter = Type.Object({ ...listQuery, customerId: Type.Optional(Id) }, { additionalProperties: false });
export type SiteFilter = Static<typeof SiteFilter>;
export const SitePage = Page(Site);
export type SitePage = Static<typeof SitePage>;

/** What a person is at a customer: its contact (of one site, or of all when `siteId` is null) or user of one site. */
export const Affiliation = Type.Object({
  id: Id,
  customerId: Id,
  customerName: Type.String(),
  role: oneOf("contact", "user"),
  siteId: orNull(Id),
  siteName: orNull(Type.String()),
  tier: Tier,
});
export type Affiliation = Static<typeof Affiliation>;

export const Person = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  email: orNull(Type.String()),
  phone: orNull(Type.String()),
  locale: Locale,
  /** Those that the asker may see. */
  affiliations: Type.Array(Affiliation),
  /** Whether the person can sign in. */
  login: oneOf("none", "invited", "active"),
  createdAt: Type.String(),
  archivedAt: orNull(Type.String()),
});
export type Person = Static<typeof Person>;

export const NewAffiliation = Type.Object(
  {
    customerId: Id,
    role: oneOf("contact", "user"),
    siteId: Type.Optional(orNull(Id)),
    tier: Type.Optional(Tier),
  },
  { additionalProperties: false },
);
export type NewAffiliation = Static<typeof NewAffiliation>;

const personFields = {
  name: Name,
  email: orNull(Email),
  phone: orNull(Phone),
  locale: Locale,
  affiliations: Type.Array(NewAffiliation, { minItems: 1, maxItems: 200 }),
};

/** `locale` is the first customer's when it is left out. */
export const NewPerson = Type.Object(
  {
    name: Name,
    email: Type.Optional(personFields.email),
    phone: Type.Optional(personFields.phone),
    locale: Type.Optional(Locale),
    affiliations: personFields.affiliations,
  },
  { additionalProperties: false },
);
export type NewPerson = Static<typeof NewPerson>;

/** `affiliations` replaces the list whole. Archiving a person takes its login away. */
export const PersonChange = Type.Partial(Type.Object({ ...personFields, archived: Type.Boolean() }), {
  additionalProperties: false,
  minProperties: 1,
});
export type PersonChange = Static<typeof PersonChange>;

export const PersonFilter = Type.Object(
  {
    ...listQuery,
    customerId: Type.Optional(Id),
    siteId: Type.Optional(Id),
    role: Type.Optional(oneOf("contact", "user")),
  },
  { additionalProperties: false },
);
export type PersonFilter = Static<typeof PersonFilter>;
export const PersonPage = Page(Person);
export type PersonPage = Static<typeof PersonPage>;
