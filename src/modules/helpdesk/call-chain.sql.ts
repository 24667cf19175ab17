import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";
import { Priority, TicketState } from "./api.ts";
import { Escalation } from "./api-calls.ts";
import { escalationJson } from "./escalation.sql.ts";

/** A new chain of calls takes the place of the ticket's last one. `rungAt` tells that its first turn is done. */
export function beginChain(
  tx: Tx,
  chain: {
    id: string;
    ticketId: string;
    assigneeId: string | null;
    at: string;
    rungAt: string | null;
    nextAt: string | null;
  },
): void {
  const { rungAt, nextAt } = chain;
  tx.send(sql`
    insert into helpdesk.call_chain
      (tenant_id, ticket_id, id, assignee_id, began_at, next_at, turn, step_rung_at, rung_at)
    values (${tx.tenantId}, ${chain.ticketId}, ${chain.id}, ${chain.assigneeId}, ${chain.at}, ${nextAt},
      ${rungAt === null ? 0 : 1}, ${rungAt}, ${rungAt})
    on conflict (tenant_id, ticket_id) do update set id = excluded.id, assignee_id = excluded.assignee_id,
      began_at = excluded.began_at, next_at = excluded.next_at, turn = excluded.turn, step = 0, repeats = 0,
      step_rung_at = excluded.step_rung_at, rung_at = excluded.rung_at, unanswered_since = null, ended_at = null`);
}

/** A chain with what its next call depends on. */
export const Chain = Type.Object({
  policy: orNull(Escalation),
  ticketId: Type.String(),
  ticketVersion: Type.Integer(),
  state: TicketState,
  priority: Priority,
  calendarId: orNull(Type.String()),
  calendarVersion: orNull(Type.Integer()),
  id: Type.String(),
  assigneeId: orNull(Type.String()),
  beganAt: Type.String(),
  turn: Type.Integer(),
  step: Type.Integer(),
  repeats: Type.Integer(),
  stepRungAt: orNull(Type.String()),
  rungAt: orNull(Type.String()),
  nextAt: orNull(Type.String()),
  unansweredSince: orNull(Type.String()),
  endedAt: orNull(Type.String()),
  waiting: Type.Array(Type.String(), { description: "calls that have not been handed over" }),
});
export type Chain = Static<typeof Chain>;

/** The hours are the promise's; where nothing is promised, the place's own. */
const chainOf = (tx: Tx, ticketId: string) => sql`
    select ${escalationJson} as policy, ticket.id as "ticketId", ticket.version as "ticketVersion", ticket.state, ticket.priority,
        calendar.id as "calendarId", calendar.version as "calendarVersion", call_chain.id,
        call_chain.assignee_id as "assigneeId", call_chain.began_at as "beganAt", call_chain.turn, call_chain.step,
        call_chain.repeats, call_chain.step_rung_at as "stepRungAt", call_chain.rung_at as "rungAt",
        call_chain.next_at as "nextAt", call_chain.unanswered_since as "unansweredSince",
        call_chain.ended_at as "endedAt",
        array(select notification.id from helpdesk.notification
          where notification.tenant_id = ticket.tenant_id and notification.ticket_id = ticket.id
            and notification.chain_id = call_chain.id and notification.state = 'queued') as waiting
      from helpdesk.ticket
      join helpdesk.call_chain on call_chain.tenant_id = ticket.tenant_id and call_chain.ticket_id = ticket.id
      join customers.site on site.tenant_id = ticket.tenant_id and site.id = ticket.site_id
      join customers.customer on customer.tenant_id = ticket.tenant_id and customer.id = ticket.customer_id
      left join calendars.calendar on calendar.tenant_id = ticket.tenant_id
        and calendar.id = coalesce(ticket.calendar_id, site.calendar_id, customer.calendar_id)
      where ticket.tenant_id = ${tx.tenantId} and ticket.id = ${ticketId}`;

export function readChain(tx: Tx, ticketId: string): Promise<Chain | undefined> {
  return tx.maybe(Chain, chainOf(tx, ticketId));
}

/** The chain of a ticket, under the lock of both: nobody takes the ticket while it is decided whom to ring. */
export function lockChain(tx: Tx, ticketId: string): Promise<Chain | undefined> {
  return tx.maybe(Chain, sql`${chainOf(tx, ticketId)} for update of ticket, call_chain`);
}

export function saveChain(tx: Tx, chain: Chain): void {
  tx.send(sql`
    update helpdesk.call_chain set turn = ${chain.turn}, step = ${chain.step}, repeats = ${chain.repeats},
      step_rung_at = ${chain.stepRungAt}, rung_at = ${chain.rungAt}, next_at = ${chain.nextAt},
      unanswered_since = ${chain.unansweredSince}, ended_at = ${chain.endedAt}
    where tenant_id = ${tx.tenantId} and ticket_id = ${chain.ticketId}`);
}

/** What the first turn changes. */
export type FirstTurn = Pick<Chain, "id" | "ticketId" | "stepRungAt" | "rungAt" | "nextAt">;

/** Saves the chain's first turn, unless it was answered, replaced or rung meanwhile. */
export function saveFirstTurn(tx: Tx, chain: FirstTurn): void {
  tx.send(sql`
    update helpdesk.call_chain set turn = 1, step_rung_at = ${chain.stepRungAt}, rung_at = ${chain.rungAt},
      next_at = ${chain.nextAt}
    where tenant_id = ${tx.tenantId} and ticket_id = ${chain.ticketId} and id = ${chain.id} and turn = 0
      and ended_at is null`);
}

/** The ticket's next version, for news about its calls. The caller holds its lock. */
export function raiseTicketVersion(tx: Tx, ticketId: string, version: number, at: string): void {
  tx.send(sql`
    update helpdesk.ticket set version = ${version}, updated_at = ${at}
    where tenant_id = ${tx.tenantId} and id = ${ticketId}`);
}

const ChainView = Type.Object({
  step: Type.Integer(),
  nextAt: orNull(Type.String()),
  unansweredSince: orNull(Type.String()),
});

/** How far the ringing about a ticket has come. */
export function findChain(tx: Tx, ticketId: string): Promise<Static<typeof ChainView> | undefined> {
  return tx.maybe(
    ChainView,
    sql`select coalesce(call_chain.step, 0) as step, call_chain.next_at as "nextAt",
        call_chain.unanswered_since as "unansweredSince"
      from helpdesk.ticket
      left join helpdesk.call_chain on call_chain.tenant_id = ticket.tenant_id and call_chain.ticket_id = ticket.id
      where ticket.tenant_id = ${tx.tenantId} and ticket.id = ${ticketId}`,
  );
}

const Turn = Type.Object({ chainId: Type.String(), turn: Type.Integer() });

/** The turn that a chain waits for, if it still rings. */
export function nextTurn(tx: Tx, ticketId: string): Promise<Static<typeof Turn> | undefined> {
  return tx.maybe(
    Turn,
    sql`select id as "chainId", turn from helpdesk.call_chain
      where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and ended_at is null and next_at is not null`,
  );
}
