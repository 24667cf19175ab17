import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, type SqlText, sql } from "../../platform/sql.ts";
import { type TicketFilter, TicketListItem } from "./api.ts";
import { searchQuery } from "./search-terms.ts";
import { isOpen } from "./ticket-states.ts";
import { itemColumns, itemJoins, overdueAt } from "./tickets.sql.ts";
import { visibleTickets } from "./visibility.sql.ts";

const isOpenNow = sql`ticket.state not in ('resolved', 'closed', 'cancelled')`;
const dueKey = sql`coalesce(ticket.next_due_at, 'infinity')`;
const NewestCursor = Type.String({ format: "uuid" });
const DueCursor = Type.Tuple([Type.Union([Type.String(), Type.Null()]), Type.String({ format: "uuid" })]);

/**
 * A page of tickets: the newest first, or the open ones by what is due next (those without a due time last).
 * The page is chosen on the ticket table alone, by an index; names are joined to its rows only.
 */
export async function listTickets(tx: Tx, actor: Actor, filter: TicketFilter) {
  const at = nowText();
  const byDue = filter.sort === "due";
  const conditions = [sql`ticket.tenant_id = ${tx.tenantId}`, ...matching(actor, filter, at)];
  conditions.push(...(await narrowed(tx, actor)));
  if (byDue) {
    conditions.push(isOpenNow);
    const after = readCursor(DueCursor, filter.after);
    if (after)
      conditions.push(sql`(${dueKey}, ticket.id) > (coalesce(${after[0]}::timestamptz, 'infinity'), ${after[1]})`);
  } else {
    const after = readCursor(NewestCursor, filter.after);
    if (after) conditions.push(sql`ticket.id < ${after}`);
  }
  const order = byDue ? sql`${dueKey}, ticket.id` : sql`ticket.id desc`;
  const rows = await tx.many(
    TicketListItem,
    sql`select ${itemColumns}, ${overdueAt(at)}
      from (select * from helpdesk.ticket where ${all(conditions)} order by ${order} limit ${filter.limit + 1}) as ticket
      ${itemJoins} where ticket.tenant_id = ${tx.tenantId} order by ${order}`,
  );
  return pageOf(rows, filter.limit, (row) => (byDue ? [row.nextDueAt, row.id] : row.id));
}

function matching(actor: Actor, filter: TicketFilter, at: string): SqlText[] {
  const conditions: SqlText[] = [];
  if (filter.state) {
    const states = filter.state.filter((state) => state !== "open");
    const onlyOpen = filter.state.includes("open") || states.every(isOpen);
    if (onlyOpen) conditions.push(isOpenNow);
    if (!filter.state.includes("open")) conditions.push(sql`ticket.state = any(${states})`);
    else if (!onlyOpen) conditions.push(sql`(${isOpenNow} or ticket.state = any(${states}))`);
  }
  if (filter.kind) conditions.push(sql`ticket.kind = any(${filter.kind})`);
  if (filter.priority) conditions.push(sql`ticket.priority = any(${filter.priority})`);
  if (filter.customerId) conditions.push(sql`ticket.customer_id = ${filter.customerId}`);
  if (filter.siteId) conditions.push(sql`ticket.site_id = ${filter.siteId}`);
  if (filter.deviceId) conditions.push(sql`ticket.device_id = ${filter.deviceId}`);
  if (filter.requesterId) conditions.push(sql`ticket.requester_id = ${filter.requesterId}`);
  if (filter.assigneeId === "none") conditions.push(sql`ticket.assignee_id is null`);
  else if (filter.assigneeId === "me") conditions.push(sql`ticket.assignee_id = ${actor.id}`);
  else if (filter.assigneeId) conditions.push(sql`ticket.assignee_id = ${filter.assigneeId}`);
  if (filter.tag) conditions.push(sql`${filter.tag} = any(ticket.tags)`);
  if (filter.overdue === true) conditions.push(sql`${isOpenNow} and ${dueKey} < ${at}`);
  if (filter.overdue === false) conditions.push(sql`(${dueKey} >= ${at} or not ${isOpenNow})`);
  if (filter.q?.trim()) conditions.push(found(filter.q));
  return conditions;
}

/** By its number, or by words of what was written. */
function found(q: string): SqlText {
  const query = searchQuery(q);
  const byNumber = sql`ticket.number = ${q.trim().toUpperCase()}`;
  if (query === "") return byNumber;
  return sql`(${byNumber} or exists (
    select from helpdesk.ticket_search
    where ticket_search.tenant_id = ticket.tenant_id and ticket_search.ticket_id = ticket.id
      and ticket_search.terms @@ ${query}::tsquery))`;
}

/** What an actor may see, put so that an index of its own tickets or of its customers' serves it. */
async function narrowed(tx: Tx, actor: Actor): Promise<SqlText[]> {
  if (actor.kind === "staff" || actor.kind === "system") return [];
  if (actor.kind === "visitor") return [visibleTickets(actor)];
  if (!actor.roles.includes("contact")) return [sql`ticket.requester_id = ${actor.id}`];
  const rows = await tx.many(
    Type.Object({ customerId: Type.String() }),
    sql`select distinct customer_id as "customerId" from customers.affiliation
      where tenant_id = ${tx.tenantId} and person_id = ${actor.id}`,
  );
  const [only] = rows;
  const customers =
    rows.length === 1 && only
      ? sql`ticket.customer_id = ${only.customerId}`
      : sql`ticket.customer_id = any(${rows.map((row) => row.customerId)}::uuid[])`;
  return [customers, visibleTickets(actor)];
}
