import type { Tx } from "../../platform/db.ts";
import type { Escalation } from "./api-calls.ts";
import type { Pace } from "./call-plan.ts";
import { findEscalation } from "./escalation.sql.ts";

/** What holds where nothing was decided: three tries in ten minutes, then the person on call, then the managers. */
export function defaultEscalation(rotaId: string | null): Escalation {
  return {
    repeatMinutes: 5,
    waitsForHours: ["p3", "p4"],
    steps: [
      { afterMinutes: 0, kind: "assignee", rotaId: null, role: null },
      ...(rotaId ? [{ afterMinutes: 10, kind: "rota" as const, rotaId, role: null }] : []),
      { afterMinutes: 20, kind: "role", rotaId: null, role: "service_manager" },
    ],
    version: 1,
  };
}

export async function getEscalation(tx: Tx): Promise<Escalation> {
  return (await findEscalation(tx)) ?? defaultEscalation(null);
}

export function paceOf({ repeatMinutes, steps }: Escalation): Pace {
  return { repeatMinutes, afterMinutes: steps.map((step) => step.afterMinutes) };
}
