import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";

/** An active member of staff. */
export function findAssignable(tx: Tx, staffId: string) {
  return tx.maybe(
    Type.Object({ id: Type.String(), name: Type.String() }),
    sql`select id, name from identity.staff where tenant_id = ${tx.tenantId} and id = ${staffId} and active`,
  );
}

/** Whether this member of staff was rung about the ticket and has not answered yet. */
export async function wasCalled(tx: Tx, ticketId: string, staffId: string): Promise<boolean> {
  const calls = await tx.run(sql`
    select from helpdesk.notification
    where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and staff_id = ${staffId}
      and state in ('queued', 'sent', 'delivered', 'failed') limit 1`);
  return calls > 0;
}

const PolicyRules = Type.Object({
  pausingReasons: Type.Array(Type.String()),
  reopenWithinDays: Type.Integer(),
  closeAfterDays: Type.Integer(),
});

export function findPolicyRules(tx: Tx, policyId: string) {
  return tx.maybe(
    PolicyRules,
    sql`select pausing_reasons as "pausingReasons", reopen_within_days as "reopenWithinDays",
        close_after_days as "closeAfterDays"
      from contracts.sla_policy where tenant_id = ${tx.tenantId} and id = ${policyId}`,
  );
}
