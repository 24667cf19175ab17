import { sqlState, uniqueViolation } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { SlaTarget } from "./api.ts";

/** Refuses a target that is given twice. */
export function checkTargets(targets: readonly SlaTarget[]): void {
  const seen = new Set<string>();
  for (const [index, { tier, priority, target }] of targets.entries()) {
    const key = `${tier} ${priority} ${target}`;
    if (seen.has(key)) {
      const message = `The ${target} target of tier ${tier} and priority ${priority} is given twice.`;
      throw new Refusal("invalid", "target_twice", "A target is given twice.", {
        errors: [{ at: `body/targets/${index}`, message }],
      });
    }
    seen.add(key);
  }
}

/** Two policies that become the default at the same moment: the second is told. */
export function refuseSecondDefault(error: unknown): never {
  if (sqlState(error) !== uniqueViolation) throw error;
  throw new Refusal("conflict", "default_taken", "Another policy became the default at the same time. Try again.");
}
