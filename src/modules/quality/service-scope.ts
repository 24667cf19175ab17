import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { getCustomer, getSite } from "../customers/index.ts";
import type { ServiceQualityQuery } from "./api.ts";
import { findContactPlaces, type Scope } from "./service-scope.sql.ts";

type Filter = Pick<ServiceQualityQuery, "customerId" | "siteId">;

/**
 * What the actor's report is about. Staff may ask about everything; a contact about what it is contact of, and not about
 * a place where it is only a user. Refuses `customer_unknown` and `site_unknown`.
 */
export async function readScope(tx: Tx, actor: Actor, { customerId, siteId }: Filter): Promise<Scope> {
  const [customer, site] = await Promise.all([
    customerId ? getCustomer(tx, actor, customerId) : undefined,
    siteId ? getSite(tx, actor, siteId) : undefined,
  ]);
  if (site && customer && site.customerId !== customer.id) throw siteUnknown();
  if (actor.kind === "staff") {
    const narrowed = { customerIds: customer && !site ? [customer.id] : [], siteIds: site ? [site.id] : [] };
    return { everything: !customer && !site, ...narrowed, withConfidential: true };
  }
  const places = await findContactPlaces(tx, actor.id);
  const whole = new Set(places.flatMap((place) => (place.siteId === null ? [place.customerId] : [])));
  const single = places.filter((place) => !whole.has(place.customerId));
  if (site) {
    const isContact = whole.has(site.customerId) || single.some((place) => place.siteId === site.id);
    if (!isContact) throw siteUnknown();
    return { everything: false, customerIds: [], siteIds: [site.id], withConfidential: false };
  }
  const isMeant = (id: string) => !customer || customer.id === id;
  return {
    everything: false,
    customerIds: [...whole].filter(isMeant),
    siteIds: single.flatMap((place) => (place.siteId !== null && isMeant(place.customerId) ? [place.siteId] : [])),
    withConfidential: false,
  };
}

function siteUnknown(): Refusal {
  return new Refusal("not_found", "site_unknown", "That site does not exist.");
}
