import { type Static, Type } from "typebox";
import { Day, Id, Locale, Name, oneOf, orNull } from "../../platform/fields.ts";
import { Page, pageQuery } from "../../platform/page.ts";

const Words = Type.String({ maxLength: 200 });

export const DeviceStatus = oneOf("in_service", "in_stock", "retired");
export type DeviceStatus = Static<typeof DeviceStatus>;

export const Device = Type.Object({
  id: Id,
  version: Type.Integer(),
  customerId: Id,
  customerName: Type.String(),
  siteId: Id,
  siteName: Type.String(),
  name: Type.String(),
  /** The provider's own word for its class, e.g. `till`, `printer`; see `GET /device-types`. */
  type: Type.String(),
  manufacturer: Type.String(),
  model: Type.String(),
  serial: orNull(Type.String()),
  assetTag: orNull(Type.String()),
  purchasedOn: orNull(Day),
  installedOn: orNull(Day),
  warrantyUntil: orNull(Day),
  status: DeviceStatus,
  /** On its QR label: opens `/r/<code>`, where anyone can report a fault. */
  code: Type.String(),
  createdAt: Type.String(),
});
export type Device = Static<typeof Device>;

const fields = {
  siteId: Id,
  name: Name,
  type: Type.String({ minLength: 1, maxLength: 80, pattern: "\\S" }),
  manufacturer: Words,
  model: Words,
  serial: orNull(Words),
  assetTag: orNull(Words),
  purchasedOn: orNull(Day),
  installedOn: orNull(Day),
  warrantyUntil: orNull(Day),
  status: DeviceStatus,
};

export const NewDevice = Type.Object(
  {
    siteId: fields.siteId,
    name: fields.name,
    type: fields.type,
    manufacturer: Type.Optional(fields.manufacturer),
    model: Type.Optional(fields.model),
    serial: Type.Optional(fields.serial),
    assetTag: Type.Optional(fields.assetTag),
    purchasedOn: Type.Optional(fields.purchasedOn),
    installedOn: Type.Optional(fields.installedOn),
    warrantyUntil: Type.Optional(fields.warrantyUntil),
    status: Type.Optional(fields.status),
  },
  { additionalProperties: false },
);
export type NewDevice = Static<typeof NewDevice>;

/** A `siteId` moves it, even to another customer's site. */
export const DeviceChange = Type.Partial(Type.Object(fields), { additionalProperties: false, minProperties: 1 });
export type DeviceChange = Static<typeof DeviceChange>;

export const DeviceFilter = Type.Object(
  {
    ...pageQuery,
    siteId: Type.Optional(Id),
    customerId: Type.Optional(Id),
    type: Type.Optional(Type.String({ maxLength: 80 })),
    status: Type.Optional(DeviceStatus),
    code: Type.Optional(Type.String({ maxLength: 40 })),
    q: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
);
export type DeviceFilter = Static<typeof DeviceFilter>;
export const DevicePage = Page(Device);
export type DevicePage = Static<typeof DevicePage>;

/** The types in use, in alphabetical order. */
export const DeviceTypes = Type.Object({ items: Type.Array(Type.Object({ type: Type.String() })) });
export type DeviceTypes = Static<typeof DeviceTypes>;

export const LabelFormat = oneOf("a4-3x8", "a4-2x7", "single");
export type LabelFormat = Static<typeof LabelFormat>;

/** Labels of these devices, or of all devices in service at a site; answers `application/pdf`. `language` is of its few words. */
export const LabelOrder = Type.Object(
  {
    deviceIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 480, uniqueItems: true })),
    siteId: Type.Optional(Id),
    format: LabelFormat,
    language: Locale,
  },
  { additionalProperties: false },
);
export type LabelOrder = Static<typeof LabelOrder>;

/** What a label says before anyone is signed in. */
export const DeviceCode = Type.Object({
  device: Type.Object({ name: Type.String(), type: Type.String() }),
  site: Type.Object({ name: Type.String() }),
  provider: Type.Object({ name: Type.String(), locale: Type.String() }),
});
export type DeviceCode = Static<typeof DeviceCode>;
