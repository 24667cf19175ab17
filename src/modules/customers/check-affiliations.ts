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
      throw bad(index, "user_without_site", "A user belongs to a site: name it.");
    }
    const key = [customerId, role, siteId].join();
    if (seen.has(key)) throw bad(index, "affiliation_twice", "The same affiliation is listed twice.");
    seen.add(key);
    return { customerId, role, siteId, tier };
  });
}

function bad(index: number, code: string, sentence: string): Refusal {
  return new Refusal("invalid", code, sentence, {
    errors: [{ at: `body/affiliations/${index}`, message: sentence }],
  });
}
