import type { PreparedCalendar } from "../engines/business-time/index.ts";
import type { Locale } from "../platform/fields.ts";
import type { CalendarKey, CalendarPlan } from "./calendar-plans.ts";
import type { CastCustomer, CastSite, CustomerKey } from "./customer-cast.ts";
import type { DeviceModel } from "./device-models.ts";
import type { PromisePlan } from "./promise-plans.ts";
import type { CastMember, StaffKey } from "./staff-cast.ts";

/** Whom and what the demo provider has to do with, with their ids. */
export interface Directory {
  tenantId: string;
  foundedAt: string;
  staff: ReadonlyMap<StaffKey, DemoMember>;
  calendars: ReadonlyMap<CalendarKey, DemoCalendar>;
  promises: ReadonlyMap<CustomerKey | "others", DemoPromise>;
  customers: ReadonlyMap<CustomerKey, DemoCustomer>;
  sites: readonly DemoSite[];
  people: readonly DemoPerson[];
  devices: readonly DemoDevice[];
}

export interface DemoMember extends CastMember {
  id: string;
  email: string;
}

export interface DemoCalendar {
  id: string;
  plan: CalendarPlan;
  hours: PreparedCalendar;
}

export interface DemoPromise {
  id: string;
  plan: PromisePlan;
}

export interface DemoCustomer extends CastCustomer {
  id: string;
}

export interface DemoSite extends CastSite {
  id: string;
  customerId: string;
}

export interface DemoPerson {
  id: string;
  customerId: string;
  /** Null for a contact of the whole customer. */
  siteId: string | null;
  role: "contact" | "user";
  tier: "vip" | "standard" | "basic";
  name: string;
  email: string;
  phone: string | null;
  locale: Locale;
}

export interface DemoDevice {
  id: string;
  customerId: string;
  site: DemoSite;
  name: string;
  model: DeviceModel;
  serial: string;
  assetTag: string;
  purchasedOn: string;
  installedOn: string;
  warrantyUntil: string;
  createdAt: string;
  /** How much oftener than others of its kind it fails; the few bad ones fail again and again. */
  badness: number;
}

/** The entry of a cast that must be there. */
export function of<K, V>(entries: ReadonlyMap<K, V>, key: K): V {
  const entry = entries.get(key);
  if (entry === undefined) throw new Error(`nothing is called ${String(key)} in the demo`);
  return entry;
}

/** Who takes the calls of a customer. */
export function deskOf({ staff }: Directory, customer: CustomerKey): DemoMember {
  return of(staff, customer === "chain" ? "deskEast" : "deskHongKong");
}
