import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import { sqlState, type Tx, uniqueViolation } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { refuseStale } from "../../platform/versions.ts";
import { checkCalendarChoice } from "../calendars/index.ts";
import type { Customer, CustomerChange } from "./api.ts";
import { checkStaff } from "./check-references.ts";
import { codeTaken, domainsOf } from "./create-customer.ts";
import { lockCustomer, updateCustomer } from "./customers.sql.ts";
import { getCustomer } from "./get-visible.ts";

export async function changeCustomer(
  tx: Tx,
  actor: Actor,
  id: string,
  change: CustomerChange,
  expected: number | undefined,
): Promise<Customer> {
  await lockCustomer(tx, id);
  const present = await getCustomer(tx, actor, id);
  refuseStale(expected, present.version);
  const { archived, ...members } = change;
  if (members.calendarId !== present.calendarId) await checkCalendarChoice(tx, members.calendarId);
  await checkStaff(tx, [
    members.csmId === present.csmId ? null : members.csmId,
    members.tamId === present.tamId ? null : members.tamId,
  ]);
  const next = { ...present, ...members };
  const archivedAt = archived === undefined ? present.archivedAt : archived ? nowText() : null;
  const stored = { ...next, name: next.name.trim(), emailDomains: domainsOf(next.emailDomains) };
  await updateCustomer(tx, id, stored, archivedAt).catch((error) => {
    throw sqlState(error) === uniqueViolation ? codeTaken() : error;
  });
  const subject = { kind: "customer", id, version: present.version + 1 };
  record(tx, actor, "customers.customer_changed", subject, { members: Object.keys(change) }, { customerId: id });
  return getCustomer(tx, actor, id);
}
