import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Customer, Person, Site } from "./api.ts";
import { findCustomer } from "./customers.sql.ts";
import { findPerson } from "./people.sql.ts";
import { findSite } from "./sites.sql.ts";

/** Refuses `customer_unknown`, also for one that the actor may not see. */
export async function getCustomer(tx: Tx, actor: Actor, id: string): Promise<Customer> {
  const customer = await findCustomer(tx, actor, id);
  if (!customer) throw new Refusal("not_found", "customer_unknown", "That customer does not exist.");
  return customer;
}

/** Refuses `site_unknown`, also for one that the actor may not see. */
export async function getSite(tx: Tx, actor: Actor, id: string): Promise<Site> {
  const site = await findSite(tx, actor, id);
  if (!site) throw new Refusal("not_found", "site_unknown", "That site does not exist.");
  return site;
}

/** Refuses `person_unknown`, also for one that the actor may not see. */
export async function getPerson(tx: Tx, actor: Actor, id: string): Promise<Person> {
  const person = await findPerson(tx, actor, id);
  if (!person) throw new Refusal("not_found", "person_unknown", "That person does not exist.");
  return person;
}
