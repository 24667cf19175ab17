import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { json, sql } from "../../platform/sql.ts";
import { GatewayKind } from "./api-calls.ts";

export const GatewayRow = Type.Object({
  kind: GatewayKind,
  sealed: Type.String(),
  shown: Type.Record(Type.String(), Type.Unknown()),
  active: Type.Boolean(),
  lastError: orNull(Type.String()),
  version: Type.Integer(),
});
export type GatewayRow = Static<typeof GatewayRow>;

const gatewayOf = (tx: Tx, kind: GatewayKind) => sql`
  select kind, sealed, shown, active, last_error as "lastError", version from helpdesk.gateway
  where tenant_id = ${tx.tenantId} and kind = ${kind}`;

/** The provider's own gateway of a kind. */
export function findGateway(tx: Tx, kind: GatewayKind): Promise<GatewayRow | undefined> {
  return tx.maybe(GatewayRow, gatewayOf(tx, kind));
}

export function lockGateway(tx: Tx, kind: GatewayKind): Promise<GatewayRow | undefined> {
  return tx.maybe(GatewayRow, sql`${gatewayOf(tx, kind)} for update`);
}

export function saveGatewayRow(tx: Tx, row: GatewayRow): void {
  tx.send(sql`
    insert into helpdesk.gateway (tenant_id, kind, sealed, shown, active, last_error, version)
    values (${tx.tenantId}, ${row.kind}, ${row.sealed}, ${json(row.shown)}, ${row.active}, ${row.lastError}, ${row.version})
    on conflict (tenant_id, kind) do update set sealed = excluded.sealed, shown = excluded.shown,
      active = excluded.active, last_error = excluded.last_error, version = excluded.version`);
}

export function deleteGateway(tx: Tx, kind: GatewayKind): Promise<number> {
  return tx.run(sql`delete from helpdesk.gateway where tenant_id = ${tx.tenantId} and kind = ${kind}`);
}

/** Notes how the last test went; a real message's failure stands in the call itself. */
export function noteGateway(tx: Tx, kind: GatewayKind, lastError: string | null): void {
  tx.send(sql`
    update helpdesk.gateway set last_error = ${lastError} where tenant_id = ${tx.tenantId} and kind = ${kind}`);
}
