import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { json, nothing, sql } from "../../platform/sql.ts";
import { ContactPoint } from "./api-calls.ts";

const Row = Type.Object({ ...ContactPoint.properties, sealed: Type.String(), fingerprint: Type.String() });
export type ContactPointRow = Static<typeof Row>;

const shown = sql`
  id, staff_id as "staffId", channel, label, shown as destination, active, failing_since as "failingSince",
  last_error as "lastError", version, created_at as "createdAt"`;

/** Where a member of staff can be rung; a handful. */
export function listContactPoints(tx: Tx, staffId: string, channel?: string): Promise<ContactPoint[]> {
  return tx.many(
    ContactPoint,
    sql`select ${shown} from helpdesk.contact_point
      where tenant_id = ${tx.tenantId} and staff_id = ${staffId} ${channel ? sql`and channel = ${channel}` : nothing}
      order by created_at, id limit 200`,
  );
}

export function findContactPoint(tx: Tx, id: string): Promise<ContactPointRow | undefined> {
  return tx.maybe(
    Row,
    sql`select ${shown}, sealed, fingerprint from helpdesk.contact_point
      where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
}

export function lockContactPoint(tx: Tx, id: string): Promise<ContactPointRow | undefined> {
  return tx.maybe(
    Row,
    sql`select ${shown}, sealed, fingerprint from helpdesk.contact_point
      where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

const Kept = Type.Object({ id: Type.String(), version: Type.Integer() });

/**
 * Inserts a contact point. The same destination again is the same contact point: it is switched on, and a browser goes to
 * whoever is signed in there now.
 */
export function keepContactPoint(tx: Tx, row: ContactPointRow): Promise<Static<typeof Kept>> {
  return tx.one(
    Kept,
    sql`insert into helpdesk.contact_point
        (tenant_id, id, staff_id, channel, label, sealed, shown, fingerprint, active, created_at)
      values (${tx.tenantId}, ${row.id}, ${row.staffId}, ${row.channel}, ${row.label}, ${row.sealed},
        ${json(row.destination)}, ${row.fingerprint}, ${row.active}, ${row.createdAt})
      on conflict (tenant_id, fingerprint) do update set staff_id = excluded.staff_id, label = excluded.label,
        sealed = excluded.sealed, shown = excluded.shown, active = excluded.active, failing_since = null,
        last_error = null, version = contact_point.version + 1
      returning id, version`,
  );
}

export function updateContactPoint(tx: Tx, row: ContactPointRow): void {
  tx.send(sql`
    update helpdesk.contact_point set channel = ${row.channel}, label = ${row.label}, sealed = ${row.sealed},
      shown = ${json(row.destination)}, fingerprint = ${row.fingerprint}, active = ${row.active},
      failing_since = ${row.failingSince}, last_error = ${row.lastError}, version = ${row.version}
    where tenant_id = ${tx.tenantId} and id = ${row.id}`);
}

export async function deleteContactPoint(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run(sql`delete from helpdesk.contact_point where tenant_id = ${tx.tenantId} and id = ${id}`)) === 1;
}

const Owner = Type.Object({ staffId: Type.String() });

export async function ownerOfContactPoint(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.maybe(
    Owner,
    sql`select staff_id as "staffId" from helpdesk.contact_point where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
  return row?.staffId;
}

const GatewayUsed = Type.Object({ sealed: Type.String() });

/** The provider's own gateway of a kind, sealed, if it is in use. */
export async function activeGateway(tx: Tx, kind: string): Promise<string | null> {
  const row = await tx.maybe(
    GatewayUsed,
    sql`select sealed from helpdesk.gateway where tenant_id = ${tx.tenantId} and kind = ${kind} and active`,
  );
  return row?.sealed ?? null;
}
