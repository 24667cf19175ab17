import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { refuseStale } from "../../platform/versions.ts";
import { staffRoles } from "../identity/index.ts";
import type { Escalation, EscalationStep, SaveEscalation } from "./api-calls.ts";
import { insertEscalation, lockEscalation, updateEscalation } from "./escalation.sql.ts";
import { getEscalation } from "./escalation-policy.ts";
import { lockRota } from "./rotas.sql.ts";

type Step = Escalation["steps"][number];

/** Replaces how calls are repeated and escalated. Chains that ring already go on by the new rules. */
export async function saveEscalation(
  tx: Tx,
  actor: Actor,
  input: SaveEscalation,
  expected: number | undefined,
): Promise<Escalation> {
  const steps: Step[] = [];
  for (const [index, step] of input.steps.entries()) {
    refuseOutOfOrder(input.steps, index);
    steps.push(await checkStep(tx, step));
  }
  const present = await lockEscalation(tx);
  refuseStale(expected, present ?? 1);
  const policy: Escalation = { ...input, steps, version: (present ?? 1) + 1 };
  if (present === undefined) await insertEscalation(tx, policy);
  else updateEscalation(tx, policy);
  const subject = { kind: "escalation", id: tx.tenantId, version: policy.version };
  record(tx, actor, "helpdesk.escalation_changed", subject, {
    repeatMinutes: policy.repeatMinutes,
    waitsForHours: policy.waitsForHours,
    steps: steps.map(({ kind, afterMinutes }) => ({ kind, afterMinutes })),
  });
  return getEscalation(tx);
}

function refuseOutOfOrder(steps: readonly EscalationStep[], index: number): void {
  const step = steps[index];
  const before = steps[index - 1];
  if (!before && (step?.kind !== "assignee" || step.afterMinutes !== 0)) {
    throw new Refusal("invalid", "first_step", "The first step is the assignee, after 0 minutes.");
  }
  if (before && step && step.afterMinutes <= before.afterMinutes) {
    throw new Refusal("invalid", "steps_out_of_order", "Each step begins later than the one before it.", {
      step: index,
    });
  }
}

async function checkStep(tx: Tx, step: EscalationStep): Promise<Step> {
  const { afterMinutes, kind } = step;
  if (kind === "assignee") return { afterMinutes, kind, rotaId: null, role: null };
  if (kind === "role") {
    const role = staffRoles.find((known) => known === step.role);
    if (!role) throw new Refusal("invalid", "role_unknown", "A step of kind role names one of the staff's roles.");
    return { afterMinutes, kind, rotaId: null, role };
  }
  const rota = step.rotaId ? await lockRota(tx, step.rotaId) : undefined;
  if (!step.rotaId || !rota || rota.archivedAt !== null) {
    throw new Refusal("invalid", "step_without_rota", "A step of kind rota names a rota in use.");
  }
  return { afterMinutes, kind, rotaId: step.rotaId, role: null };
}
