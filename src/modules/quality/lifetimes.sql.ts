import { type SqlText, sql } from "../../platform/sql.ts";
import type { Period } from "./read-period.ts";

export const isOpen = sql`ticket.state not in ('resolved', 'closed', 'cancelled')`;

/** Tickets that are open or ended after the period began: nothing of any other lies in the period. */
export const livedSince = ({ start }: Period): SqlText =>
  sql`coalesce(ticket.resolved_at, ticket.cancelled_at, 'infinity') >= ${start}`;

export const within = (column: SqlText, { start, end }: Period): SqlText =>
  sql`${column} >= ${start} and ${column} < ${end}`;

/** When a promise was kept, or broken: later work on it does not change that. */
export const clockEnd = sql`(case clock.state when 'met' then clock.met_at else clock.breached_at end)`;

export const endedIn = (period: Period): SqlText =>
  sql`clock.state in ('met', 'breached') and ${within(clockEnd, period)}`;
