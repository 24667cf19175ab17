import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { checkCalendarChoice } from "../calendars/index.ts";
import { findTenant } from "../identity/index.ts";
import type { Customer, NewCustomer } from "./api.ts";
import { checkStaff } from "./check-references.ts";
import { insertCustomer } from "./customers.sql.ts";
import { getCustomer } from "./get-visible.ts";
import { codesFor } from "./make-code.ts";
import { readLocale } from "./read-locale.ts";

/** A new customer. Refuses `code_taken`, `calendar_unknown`, `member_unknown`. */
export async function createCustomer(tx: Tx, actor: Actor, input: NewCustomer): Promise<Customer> {
  await checkCalendarChoice(tx, input.calendarId);
  await checkStaff(tx, [input.csmId, input.tamId]);
  const locale = input.locale ?? readLocale((await findTenant(tx)).locale);
  const name = input.name.trim();
  const customer = {
    name,
    deployment: input.deployment ?? "saas",
    lifecycle: input.lifecycle ?? "onboarding",
    locale,
    calendarId: input.calendarId ?? null,
    csmId: input.csmId ?? null,
    tamId: input.tamId ?? null,
    emailDomains: domainsOf(input.emailDomains ?? []),
  };
  for (const code of input.code ? [input.code] : codesFor(name)) {
    const id = await insertCustomer(tx, { ...customer, code }, nowText());
    if (id === undefined) continue;
    record(tx, actor, "customers.customer_created", { kind: "customer", id, version: 1 }, {}, { customerId: id });
    return getCustomer(tx, actor, id);
  }
  throw codeTaken();
}

export function domainsOf(domains: readonly string[]): string[] {
  return [...new Set(domains.map((domain) => domain.toLowerCase()))];
}

export function codeTaken(): Refusal {
  return new Refusal("conflict", "code_taken", "Another one has this code already. Choose a different code.");
}
