import type { Queries } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";

/** Removes what has run out: sessions, proofs under way, windows of limits. */
export async function deleteExpired(tx: Queries, now: string, idleSince: string): Promise<void> {
  await tx.run(sql`delete from auth.session where session.expires_at <= ${now} or session.updated_at <= ${idleSince}`);
  await tx.run(sql`delete from auth.verification where verification.expires_at <= ${now}`);
  await tx.run(sql`delete from identity.throttle where throttle.resets_at <= ${now}`);
}
