import { systemActor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import type { Reaction } from "../../platform/events.ts";
import type { Locale } from "../../platform/fields.ts";
import { readLocale } from "../customers/index.ts";
import { findTenant } from "../identity/index.ts";
import type { Priority, SlaTarget, Tier } from "./api.ts";
import { createPolicy } from "./create-policy.ts";
import { firstCalendar, hasPolicies } from "./policies.sql.ts";

const names: Record<Locale, string> = { en: "Standard", "zh-Hans": "标准", "zh-Hant": "標準", vi: "Tiêu chuẩn" };

const hour = 60;
const workingDay = 8 * hour;

/** Response, restore and resolve of the standard tier. */
const standard: Record<Priority, [response: number, restore: number, resolve: number]> = {
  p1: [30, 4 * hour, 2 * workingDay],
  p2: [hour, workingDay, 3 * workingDay],
  p3: [4 * hour, 2 * workingDay, 5 * workingDay],
  p4: [workingDay, 5 * workingDay, 10 * workingDay],
};
const factors: Record<Tier, number> = { vip: 0.5, standard: 1, basic: 2 };

function firstTargets(): SlaTarget[] {
  const tiers: Tier[] = ["vip", "standard", "basic"];
  const priorities: Priority[] = ["p1", "p2", "p3", "p4"];
  return tiers.flatMap((tier) =>
    priorities.flatMap((priority): SlaTarget[] => {
      const [response, restore, resolve] = standard[priority].map((minutes) => minutes * factors[tier]);
      return [
        { tier, priority, target: "response", targetMinutes: response ?? hour },
        { tier, priority, target: "restore", targetMinutes: restore ?? workingDay },
        { tier, priority, target: "resolve", targetMinutes: resolve ?? workingDay },
      ];
    }),
  );
}

/** A new provider begins with one policy, the default, on its office hours. */
async function addFirstPolicy(tx: Tx): Promise<void> {
  if (await hasPolicies(tx)) return;
  const { locale } = await findTenant(tx);
  await createPolicy(tx, systemActor(tx.tenantId), {
    name: names[readLocale(locale)],
    isDefault: true,
    calendarId: await firstCalendar(tx),
    targets: firstTargets(),
  });
}

/** Runs after the calendars' reaction to the same event. */
export const contractsReactions: Readonly<Record<string, Reaction>> = {
  "identity.provider_created": addFirstPolicy,
};
