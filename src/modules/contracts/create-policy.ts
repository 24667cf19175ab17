import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { checkCalendarChoice } from "../calendars/index.ts";
import type { NewSlaPolicy, SlaPolicy } from "./api.ts";
import { checkTargets, refuseSecondDefault } from "./check-policy.ts";
import { getPolicy } from "./get-visible.ts";
import { clearDefault, insertPolicy, insertTargets } from "./policies.sql.ts";

/** A new SLA policy. Refuses `target_twice`, `calendar_unknown`, `default_taken`. */
export async function createPolicy(tx: Tx, actor: Actor, input: NewSlaPolicy): Promise<SlaPolicy> {
  checkTargets(input.targets);
  await checkCalendarChoice(tx, input.calendarId);
  const policy = {
    name: input.name.trim(),
    calendarId: input.calendarId ?? null,
    isDefault: input.isDefault ?? false,
    pausingReasons: input.pausingReasons ?? ["waiting_for_user", "agreed_appointment"],
    reopenWithinDays: input.reopenWithinDays ?? 14,
    closeAfterDays: input.closeAfterDays ?? 3,
  };
  if (policy.isDefault) await takeDefault(tx, actor);
  const id = await insertPolicy(tx, policy, nowText()).catch(refuseSecondDefault);
  insertTargets(tx, id, input.targets);
  record(tx, actor, "contracts.policy_created", { kind: "sla_policy", id, version: 1 });
  return getPolicy(tx, actor, id);
}

/** Whichever policy was the default is it no longer. */
export async function takeDefault(tx: Tx, actor: Actor): Promise<void> {
  for (const { id, version } of await clearDefault(tx)) {
    record(tx, actor, "contracts.policy_changed", { kind: "sla_policy", id, version }, { members: ["isDefault"] });
  }
}
