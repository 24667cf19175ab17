import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { refuseStale } from "../../platform/versions.ts";
import type { Customer, NamedEngineers, Site } from "./api.ts";
import { checkStaff } from "./check-references.ts";
import { lockCustomer, raiseCustomerVersion } from "./customers.sql.ts";
import { getCustomer, getSite } from "./get-visible.ts";
import { replaceNamedEngineers } from "./named-engineers.sql.ts";
import { lockSite, raiseSiteVersion } from "./sites.sql.ts";

/** Replaces who is named for all sites of a customer. */
export async function nameCustomerEngineers(
  tx: Tx,
  actor: Actor,
  id: string,
  { memberIds }: NamedEngineers,
  expected: number | undefined,
): Promise<Customer> {
  await lockCustomer(tx, id);
  const customer = await getCustomer(tx, actor, id);
  refuseStale(expected, customer.version);
  await checkStaff(tx, memberIds);
  replaceNamedEngineers(tx, id, null, memberIds);
  raiseCustomerVersion(tx, id);
  const subject = { kind: "customer", id, version: customer.version + 1 };
  record(tx, actor, "customers.engineers_named", subject, { memberIds }, { customerId: id });
  return getCustomer(tx, actor, id);
}

/** Replaces who is named for one site; those named for all of the customer's sites stay behind them. */
export async function nameSiteEngineers(
  tx: Tx,
  actor: Actor,
  id: string,
  { memberIds }: NamedEngineers,
  expected: number | undefined,
): Promise<Site> {
  await lockSite(tx, id);
  const site = await getSite(tx, actor, id);
  refuseStale(expected, site.version);
  await checkStaff(tx, memberIds);
  replaceNamedEngineers(tx, site.customerId, id, memberIds);
  raiseSiteVersion(tx, id);
  const subject = { kind: "site", id, version: site.version + 1 };
  const audience = { customerId: site.customerId, siteId: id };
  record(tx, actor, "customers.engineers_named", subject, { memberIds }, audience);
  return getSite(tx, actor, id);
}
