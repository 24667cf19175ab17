import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import { sqlState, type Tx, uniqueViolation } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { refuseStale } from "../../platform/versions.ts";
import { setPersonRoles } from "../identity/index.ts";
import { deleteAffiliations, insertAffiliations } from "./affiliations.sql.ts";
import type { Person, PersonChange } from "./api.ts";
import { checkAffiliations } from "./check-affiliations.ts";
import { audienceOf, emailTaken } from "./create-person.ts";
import { getPerson } from "./get-visible.ts";
import { lockPerson, updatePerson } from "./people.sql.ts";

/** Replaces the members that are sent. What the person may do follows in the same transaction. */
export async function changePerson(
  tx: Tx,
  actor: Actor,
  id: string,
  change: PersonChange,
  expected: number | undefined,
): Promise<Person> {
  await lockPerson(tx, id);
  const present = await getPerson(tx, actor, id);
  refuseStale(expected, present.version);
  const affiliations = change.affiliations ? await checkAffiliations(tx, change.affiliations) : undefined;
  const { archived } = change;
  const archivedAt = archived === undefined ? present.archivedAt : archived ? nowText() : null;
  const person = {
    name: (change.name ?? present.name).trim(),
    email: change.email === undefined ? present.email : (change.email?.toLowerCase() ?? null),
    phone: change.phone === undefined ? present.phone : change.phone,
    locale: change.locale ?? present.locale,
  };
  await updatePerson(tx, id, person, archivedAt).catch((error) => {
    throw sqlState(error) === uniqueViolation ? emailTaken() : error;
  });
  if (affiliations) {
    deleteAffiliations(tx, id);
    insertAffiliations(tx, id, affiliations, nowText());
  }
  const roles = (affiliations ?? present.affiliations).map(({ role }) => role);
  await setPersonRoles(tx, { id, ...person, active: archivedAt === null }, roles);
  const subject = { kind: "person", id, version: present.version + 1 };
  const members = { members: Object.keys(change) };
  record(tx, actor, "customers.person_changed", subject, members, audienceOf(affiliations ?? present.affiliations, id));
  return getPerson(tx, actor, id);
}
