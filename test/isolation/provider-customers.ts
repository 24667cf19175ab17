import { isAtSite, isContactOf, isStaff, words } from "./callers.ts";
import type { Making } from "./provider.ts";

/** What of a provider's stands in the words of a customer, and of a site. Sites are numbered 11, 12, 21, 22. */
export function wordsAt({ word, provider }: Making, place: number): string {
  const customer = place > 9 ? Math.floor(place / 10) : place;
  if (place === 12) return `${word} ${words.site12(provider.letter)}`;
  return customer === 2 ? `${word} ${words.customer2(provider.letter)}` : word;
}

/** Two customers of two sites, a device at each, and what is promised to them. */
export async function addCustomers(making: Making): Promise<void> {
  const { add, does, owner, engineer, provider, word } = making;
  const calendar = await does("POST", "/api/v1/calendars", {
    name: `Calendar ${word}`,
    timeZone: "Europe/Berlin",
    weekly: { mon: [["09:00", "17:00"]] },
  });
  add("calendar", "calendar", calendar.id, isStaff);
  for (const customer of [1, 2]) {
    const name = wordsAt(making, customer);
    const { id } = await does("POST", "/api/v1/customers", {
      name: `Customer ${name}`,
      deployment: "saas",
      calendarId: calendar.id,
      csmId: owner.id,
    });
    add("customer", `customer ${customer}`, id, (each) => isStaff(each) || isContactOf(each, customer));
    for (const site of [customer * 10 + 1, customer * 10 + 2]) {
      const siteName = wordsAt(making, site);
      const { id: siteId } = await does("POST", "/api/v1/sites", {
        customerId: id,
        name: `Site ${siteName}`,
        accessNotes: `The key is under the mat. ${words.internal}`,
        calendarId: calendar.id,
      });
      add("site", `site ${site}`, siteId, (each) => isStaff(each) || isAtSite(each, site));
      await does("PUT", `/api/v1/sites/${siteId}/named-engineers`, { memberIds: [engineer.id] });
      const device = await does("POST", "/api/v1/devices", {
        siteId,
        name: `Device ${siteName}`,
        type: `type ${siteName}`,
        serial: `serial ${siteName}`,
      });
      add("device", `device ${site}`, device.id, (each) => isStaff(each) || isAtSite(each, site));
      if (site === 11) provider.secrets.code = device.code;
    }
    const policy = await does("POST", "/api/v1/sla-policies", {
      name: `Policy ${name}`,
      targets: [{ tier: "standard", priority: "p3", target: "response", targetMinutes: 60 }],
    });
    add("policy", `policy ${customer}`, policy.id, (each) => isStaff(each) || isContactOf(each, customer));
    const promise = { customerId: id, policyId: policy.id, startsOn: "2020-01-01" };
    const agreement = await does("POST", "/api/v1/agreements", promise);
    add("agreement", `agreement ${customer}`, agreement.id, (each) => isStaff(each) || isContactOf(each, customer));
  }
}

interface Place {
  role: "contact" | "user";
  customer: number;
  site?: number;
}

const people: Readonly<Record<string, readonly Place[]>> = {
  contact: [{ role: "contact", customer: 1 }],
  "site contact": [{ role: "contact", customer: 1, site: 11 }],
  user: [{ role: "user", customer: 1, site: 11 }],
  colleague: [{ role: "user", customer: 1, site: 11 }],
  "user at 12": [{ role: "user", customer: 1, site: 12 }],
  "contact of 2": [{ role: "contact", customer: 2 }],
  "user of 2": [{ role: "user", customer: 2, site: 21 }],
  "of both": [
    { role: "user", customer: 1, site: 11 },
    { role: "user", customer: 2, site: 21 },
  ],
};

/** People of each kind at each customer, and a key for each. */
export async function addPeople(making: Making): Promise<void> {
  const { add, addCaller, does, provider, word } = making;
  for (const [name, places] of Object.entries(people)) {
    const [{ customer: first, site: firstSite } = { customer: 1 }] = places;
    const { id } = await does("POST", "/api/v1/people", {
      name: `${name} ${places.length > 1 ? word : wordsAt(making, firstSite ?? first)}`,
      email: `${name.replaceAll(" ", "-")}-${word}@example.com`,
      affiliations: places.map(({ role, customer, site }) => ({
        role,
        customerId: provider.thing(`customer ${customer}`).id,
        siteId: site === undefined ? null : provider.thing(`site ${site}`).id,
      })),
    });
    add("person", name, id, (each) => {
      const isMine = ({ customer, site }: Place) =>
        each.contactOf.some((mine) => mine.customer === customer && (mine.site === undefined || mine.site === site));
      return isStaff(each) || each.id === id || places.some(isMine);
    });
    const as = (role: string) => places.filter((place) => place.role === role);
    const who = {
      kind: "person",
      id,
      contactOf: as("contact").map(({ customer, site }) => (site ? { customer, site } : { customer })),
      userAt: as("user").flatMap(({ site }) => site ?? []),
    } as const;
    await addCaller(name, who, [...new Set(places.map(({ role }) => role))]);
  }
}
