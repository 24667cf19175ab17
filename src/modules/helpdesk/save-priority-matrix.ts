import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { refuseStale } from "../../platform/versions.ts";
import type { PriorityMatrix, SavePriorityMatrix } from "./api.ts";
import { lockPriorityMatrix, updatePriorityMatrix } from "./priority-matrix.sql.ts";

/** Replaces how impact and urgency make a priority. Tickets that exist keep theirs until someone rates them anew. */
export async function savePriorityMatrix(
  tx: Tx,
  actor: Actor,
  { matrix }: SavePriorityMatrix,
  expected: number | undefined,
): Promise<PriorityMatrix> {
  const present = await lockPriorityMatrix(tx);
  refuseStale(expected, present);
  const saved = { matrix, version: present + 1 };
  updatePriorityMatrix(tx, saved);
  const subject = { kind: "priority_matrix", id: tx.tenantId, version: saved.version };
  record(tx, actor, "helpdesk.priority_matrix_changed", subject, { matrix });
  return saved;
}
