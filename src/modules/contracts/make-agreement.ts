import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { getCustomer, lockCustomer } from "../customers/index.ts";
import { findOverlap, insertAgreement, type StoredAgreement } from "./agreements.sql.ts";
import type { Agreement, NewAgreement } from "./api.ts";
import { getAgreement, getPolicy } from "./get-visible.ts";

/** Promises a customer a policy. Refuses `agreements_overlap`, `policy_archived` and what is not there. */
export async function makeAgreement(tx: Tx, actor: Actor, input: NewAgreement): Promise<Agreement> {
  const { customerId, policyId, startsOn, endsOn = null } = input;
  await getCustomer(tx, actor, customerId);
  const policy = await getPolicy(tx, actor, policyId);
  if (policy.archivedAt) throw new Refusal("conflict", "policy_archived", "That SLA policy is archived.");
  await lockCustomer(tx, customerId);
  const agreement = { customerId, policyId, startsOn, endsOn };
  await refuseBadPeriod(tx, agreement, null);
  const id = await insertAgreement(tx, agreement, nowText());
  record(tx, actor, "contracts.agreement_made", { kind: "agreement", id, version: 1 }, { policyId }, { customerId });
  return getAgreement(tx, actor, id);
}

/** To be asked while the customer's row is locked: a customer has one promise at a time. */
export async function refuseBadPeriod(tx: Tx, agreement: StoredAgreement, exceptId: string | null): Promise<void> {
  const { startsOn, endsOn } = agreement;
  if (endsOn !== null && endsOn < startsOn) {
    throw new Refusal("invalid", "ends_before_start", "An agreement ends on its first day at the earliest.");
  }
  const agreementId = await findOverlap(tx, agreement, exceptId);
  if (agreementId === undefined) return;
  throw new Refusal(
    "conflict",
    "agreements_overlap",
    "The customer has another agreement in this time. End that one first.",
    { agreementId },
  );
}
