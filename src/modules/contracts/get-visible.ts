import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { findAgreement } from "./agreements.sql.ts";
import type { Agreement, SlaPolicy } from "./api.ts";
import { findPolicy } from "./policies.sql.ts";

/** Refuses `policy_unknown`, also for one that the actor may not see. */
export async function getPolicy(tx: Tx, actor: Actor, id: string): Promise<SlaPolicy> {
  const policy = await findPolicy(tx, actor, id);
  if (!policy) throw new Refusal("not_found", "policy_unknown", "That SLA policy does not exist.");
  return policy;
}

/** Refuses `agreement_unknown`, also for one that the actor may not see. */
export async function getAgreement(tx: Tx, actor: Actor, id: string): Promise<Agreement> {
  const agreement = await findAgreement(tx, actor, id);
  if (!agreement) throw new Refusal("not_found", "agreement_unknown", "That agreement does not exist.");
  return agreement;
}
