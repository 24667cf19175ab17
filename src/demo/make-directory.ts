import { prepareCalendar } from "../engines/business-time/index.ts";
import { calendarDefinition } from "../modules/calendars/index.ts";
import { instantText } from "../platform/clock.ts";
import { type CalendarKey, calendarPlans } from "./calendar-plans.ts";
import { type CastCustomer, castSites, customerCast } from "./customer-cast.ts";
import {
  type DemoCalendar,
  type DemoCustomer,
  type DemoMember,
  type DemoPerson,
  type DemoSite,
  type Directory,
  of,
} from "./directory.ts";
import { makeDevices } from "./make-devices.ts";
import { hongKongName, mainlandName, vietnameseName } from "./people-names.ts";
import { promisePlans } from "./promise-plans.ts";
import type { Random } from "./random.ts";
import { staffCast } from "./staff-cast.ts";

const mailDomain = "harbourlight.example";
const foundedDaysAgo = 800;

/** Everyone and everything the demo provider looks after, as of an instant (epoch milliseconds). */
export function makeDirectory(tenantId: string, now: number, random: Random): Directory {
  const founded = now - foundedDaysAgo * 86_400_000;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO("Asia/Hong_Kong").toPlainDate();
  const id = () => random.idAt(founded);
  const staff = new Map(
    staffCast.map((member): [DemoMember["key"], DemoMember] => [
      member.key,
      { ...member, id: id(), email: `${member.key.toLowerCase()}@${mailDomain}` },
    ]),
  );
  const calendars = new Map(
    entriesOf(calendarPlans(today)).map(([key, plan]): [CalendarKey, DemoCalendar] => [
      key,
      { id: id(), plan, hours: prepareCalendar(calendarDefinition(plan)) },
    ]),
  );
  const promises = new Map(entriesOf(promisePlans).map(([key, plan]) => [key, { id: id(), plan }]));
  const customers = new Map(
    customerCast.map((customer): [CastCustomer["key"], DemoCustomer] => [customer.key, { ...customer, id: id() }]),
  );
  const sites = castSites(random.fork("sites")).map(
    (site): DemoSite => ({ ...site, id: id(), customerId: of(customers, site.customer).id }),
  );
  const people = makePeople(customers, sites, random.fork("people"), id);
  const devices = makeDevices(sites, today, founded, random.fork("devices"));
  return { tenantId, foundedAt: instantText(founded), staff, calendars, promises, customers, sites, people, devices };
}

/** The contact whose key the demo prints. */
const agentContact = { name: "Fiona Cheng 鄭思穎", locale: "en" } as const;

function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  const keys = Object.keys(record).filter((key): key is K => key in record);
  return keys.map((key) => [key, record[key]]);
}

function makePeople(
  customers: ReadonlyMap<CastCustomer["key"], DemoCustomer>,
  sites: readonly DemoSite[],
  random: Random,
  id: () => string,
): DemoPerson[] {
  const contacts = [...customers.values()].flatMap((customer) =>
    [1, 2].map((number): DemoPerson => {
      const { name, locale } = customer.key === "agent" && number === 1 ? agentContact : nameFor(customer.key, random);
      const email = `${number === 1 ? "it" : "operations"}@${customer.mailDomain}`;
      const tier = number === 1 ? "vip" : "standard";
      return {
        id: id(),
        customerId: customer.id,
        siteId: null,
        role: "contact",
        tier,
        name,
        email,
        phone: null,
        locale,
      };
    }),
  );
  const users = sites.flatMap((site) => {
    const { mailDomain: domain } = of(customers, site.customer);
    const count = site.customer === "maker" ? Math.round(6 * site.size) : random.whole(1, 2);
    return Array.from({ length: count }, (_, index): DemoPerson => {
      const { name, locale } = nameFor(site.customer, random);
      const email = `${site.code.toLowerCase()}${index === 0 ? "" : `.${index + 1}`}@${domain}`;
      return {
        id: id(),
        customerId: site.customerId,
        siteId: site.id,
        role: "user",
        tier: random.weighted([
          ["standard", 0.85],
          ["vip", 0.07],
          ["basic", 0.08],
        ]),
        name,
        email,
        phone: random.chance(0.4) ? site.phone : null,
        locale,
      };
    });
  });
  return [...contacts, ...users];
}

function nameFor(customer: CastCustomer["key"], random: Random): Pick<DemoPerson, "name" | "locale"> {
  if (customer === "chain") return { name: mainlandName(random), locale: "zh-Hans" };
  if (customer === "maker") return { name: vietnameseName(random), locale: "vi" };
  const { name, isAbroad } = hongKongName(random);
  return { name, locale: isAbroad ? "en" : "zh-Hant" };
}
