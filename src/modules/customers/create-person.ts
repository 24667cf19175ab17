import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { setPersonRoles } from "../identity/index.ts";
import { findPlaces, insertAffiliations } from "./affiliations.sql.ts";
import type { NewPerson, Person } from "./api.ts";
import { checkAffiliations } from "./check-affiliations.ts";
import { getPerson } from "./get-visible.ts";
import { insertPerson } from "./people.sql.ts";
import { readLocale } from "./read-locale.ts";

/** A new person with at least one affiliation. Refuses `email_taken` and affiliations that cannot be. */
export async function createPerson(tx: Tx, actor: Actor, input: NewPerson): Promise<Person> {
  const affiliations = await checkAffiliations(tx, input.affiliations);
  const [first] = affiliations;
  const person = {
    name: input.name.trim(),
    email: input.email?.toLowerCase() ?? null,
    phone: input.phone ?? null,
    locale: input.locale ?? (await localeOf(tx, first?.customerId ?? "")),
  };
  const id = await insertPerson(tx, person, nowText());
  if (id === undefined) throw emailTaken();
  insertAffiliations(tx, id, affiliations, nowText());
  const roles = affiliations.map(({ role }) => role);
  await setPersonRoles(tx, { id, ...person, active: true }, roles);
  record(tx, actor, "customers.person_created", { kind: "person", id, version: 1 }, {}, audienceOf(affiliations, id));
  return getPerson(tx, actor, id);
}

async function localeOf(tx: Tx, customerId: string): Promise<Person["locale"]> {
  return readLocale((await findPlaces(tx, [customerId], [])).get(customerId)?.locale);
}

export function emailTaken(): Refusal {
  return new Refusal(
    "conflict",
    "email_taken",
    "Someone has this e-mail address already. Give that person another affiliation instead.",
  );
}

/** An event has one customer: the first; whoever listens for another hears of the person by name. */
export function audienceOf(affiliations: readonly { customerId: string }[], personId: string) {
  return { customerId: affiliations[0]?.customerId ?? null, people: [personId] };
}
