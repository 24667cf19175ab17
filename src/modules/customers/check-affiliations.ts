import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { findPlaces, type StoredAffiliation } from "./affiliations.sql.ts";
import type { NewAffiliation } from "./api.ts";

/** Refuses affiliations to what does not exist or does not belong together. */
export async function checkAffiliations(tx: Tx, wanted: readonly NewAffiliation[]): Promise<StoredAffiliation[]> {
  const places = await findPlaces(
    tx,
    wanted.map(({ customerId }) => customerId),
    wanted.flatMap(({ siteId }) => siteId ?? []),
  );
  const seen = new Set<string>();
  return wanted.map(({ customerId, role, siteId = null, tier = "standard" }, index) => {
    if (!places.has(customerId)) throw new Refusal("not_found", "customer_unknown", "That customer does not exist.");
    if (siteId !== null && places.get(siteId)?.customerId !== customerId) {
      throw new Refusal("not_found", "site_unknown", "That customer has no such site.");
    }
    if (role === "user" && siteId === null) {
      throw new Refusal("invalid", "user_without_site", "A user belongs to a site: name it.", {
        errors: [{ at: `body/affiliations/${index}`, message: "names no site" }],
      });
    }
    const key = [customerId, role, siteId].join();
    if (seen.has(key)) {
      throw new Refusal("invalid", "affiliation_twice", "The same affiliation is listed twice.", {
        errors: [{ at: `body/affiliations/${index}`, message: "was listed before" }],
      });
    }
    seen.add(key);
    return { customerId, role, siteId, tier };
  });
}
