import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { refuseStale } from "../../platform/versions.ts";
import { checkCalendarChoice } from "../calendars/index.ts";
import type { SlaPolicy, SlaPolicyChange } from "./api.ts";
import { checkTargets, refuseSecondDefault } from "./check-policy.ts";
import { takeDefault } from "./create-policy.ts";
import { getPolicy } from "./get-visible.ts";
import { lockPolicy, replaceTargets, updatePolicy } from "./policies.sql.ts";

/** Replaces the members that are sent. Open tickets follow by the event `contracts.policy_changed`. */
export async function changePolicy(
  tx: Tx,
  actor: Actor,
  id: string,
  change: SlaPolicyChange,
  expected: number | undefined,
): Promise<SlaPolicy> {
  await lockPolicy(tx, id);
  const present = await getPolicy(tx, actor, id);
  refuseStale(expected, present.version);
  const { archived, targets, ...members } = change;
  if (targets) checkTargets(targets);
  if (members.calendarId !== present.calendarId) await checkCalendarChoice(tx, members.calendarId);
  const next = { ...present, ...members };
  const archivedAt = archived === undefined ? present.archivedAt : archived ? nowText() : null;
  if (next.isDefault && archivedAt !== null) {
    throw new Refusal(
      "conflict",
      "default_in_use",
      "The default policy cannot be archived. Choose another default first.",
    );
  }
  if (members.isDefault && !present.isDefault) await takeDefault(tx, actor);
  await updatePolicy(tx, id, { ...next, name: next.name.trim() }, archivedAt).catch(refuseSecondDefault);
  if (targets) replaceTargets(tx, id, targets);
  const subject = { kind: "sla_policy", id, version: present.version + 1 };
  record(tx, actor, "contracts.policy_changed", subject, { members: Object.keys(change) });
  return getPolicy(tx, actor, id);
}
