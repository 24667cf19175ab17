import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { json, sql } from "../../platform/sql.ts";
import { SavedView, type SaveView } from "./api.ts";

const columns = sql`id, owner_id as "ownerId", name, shared, query, version`;

/** One's own views and those shared with the desk. */
export function listSavedViews(tx: Tx, actor: Actor): Promise<SavedView[]> {
  return tx.many(
    SavedView,
    sql`select ${columns} from helpdesk.saved_view
      where tenant_id = ${tx.tenantId} and (owner_id = ${actor.id} or shared) order by created_at limit 200`,
  );
}

export function insertSavedView(tx: Tx, actor: Actor, view: SaveView): Promise<SavedView> {
  return tx.one(
    SavedView,
    sql`insert into helpdesk.saved_view (tenant_id, owner_id, name, shared, query, created_at)
      values (${tx.tenantId}, ${actor.id}, ${view.name}, ${view.shared}, ${json(view.query)}, ${nowText()})
      returning ${columns}`,
  );
}

/** Whoever saved it may change it; a shared one also those who run the desk. */
export function changeSavedView(tx: Tx, actor: Actor, id: string, view: SaveView): Promise<SavedView | undefined> {
  return tx.maybe(
    SavedView,
    sql`update helpdesk.saved_view set name = ${view.name}, shared = ${view.shared}, query = ${json(view.query)},
        version = version + 1
      where tenant_id = ${tx.tenantId} and id = ${id} and (owner_id = ${actor.id} or (shared and ${runsDesk(actor)}))
      returning ${columns}`,
  );
}

export async function removeSavedView(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  const removed = await tx.run(sql`
    delete from helpdesk.saved_view
    where tenant_id = ${tx.tenantId} and id = ${id} and (owner_id = ${actor.id} or (shared and ${runsDesk(actor)}))`);
  return removed === 1;
}

export async function isSavedViewVisible(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  const seen = await tx.run(sql`
    select from helpdesk.saved_view where tenant_id = ${tx.tenantId} and id = ${id} and (owner_id = ${actor.id} or shared)`);
  return actor.kind === "staff" && seen === 1;
}

function runsDesk(actor: Actor): boolean {
  return actor.roles.some((role) => role === "owner" || role === "service_manager");
}
