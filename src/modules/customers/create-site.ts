import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { checkCalendarChoice } from "../calendars/index.ts";
import { findTenant } from "../identity/index.ts";
import type { NewSite, Site } from "./api.ts";
import { checkTimeZone } from "./check-references.ts";
import { codeTaken } from "./create-customer.ts";
import { getCustomer, getSite } from "./get-visible.ts";
import { codesFor } from "./make-code.ts";
import { insertSite } from "./sites.sql.ts";

/** A new site. Refuses `customer_unknown`, `customer_archived`, `code_taken`, `time_zone_unknown`, `half_position`. */
export async function createSite(tx: Tx, actor: Actor, input: NewSite): Promise<Site> {
  const customer = await getCustomer(tx, actor, input.customerId);
  if (customer.archivedAt) {
    throw new Refusal("conflict", "customer_archived", "This customer is archived. Bring it back first.");
  }
  await checkCalendarChoice(tx, input.calendarId);
  if (input.timeZone !== undefined) checkTimeZone(input.timeZone);
  const name = input.name.trim();
  const site = {
    customerId: customer.id,
    name,
    address: input.address ?? "",
    latitude: input.latitude ?? null,
    longitude: input.longitude ?? null,
    timeZone: input.timeZone ?? (await findTenant(tx)).timeZone,
    calendarId: input.calendarId ?? null,
    phone: input.phone ?? null,
    accessNotes: input.accessNotes ?? "",
  };
  checkPosition(site);
  for (const code of input.code ? [input.code] : codesFor(name)) {
    const id = await insertSite(tx, { ...site, code }, nowText());
    if (id === undefined) continue;
    const audience = { customerId: customer.id, siteId: id };
    record(tx, actor, "customers.site_created", { kind: "site", id, version: 1 }, {}, audience);
    return getSite(tx, actor, id);
  }
  throw codeTaken();
}

/** Half a position is none. */
export function checkPosition({ latitude, longitude }: Pick<Site, "latitude" | "longitude">): void {
  if ((latitude === null) === (longitude === null)) return;
  throw new Refusal("invalid", "half_position", "Give both latitude and longitude, or neither.");
}
