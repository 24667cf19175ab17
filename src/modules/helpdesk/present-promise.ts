import { systemActor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { promisedTo } from "../contracts/index.ts";
import type { ClockRow, PauseRow } from "./clocks.sql.ts";
import { findOpening } from "./opening.sql.ts";
import { type Calendars, retarget, type Target } from "./sla-clock.ts";
import type { TicketRow } from "./tickets.sql.ts";

/** What is promised about a ticket now, whatever was when it was opened. */
export interface PresentPromise {
  policyId: string;
  calendarId: string | null;
  tier: TicketRow["tier"];
  /** Minutes of working time for each target. */
  minutes: Partial<Record<Target, number>>;
}

/** The promise in force at `at`; undefined when nothing is promised any more, and what was promised stays. */
export async function findPresentPromise(tx: Tx, ticket: TicketRow, at: string): Promise<PresentPromise | undefined> {
  const opening = await findOpening(tx, systemActor(tx.tenantId), { ...ticket, at });
  if (!opening || opening.policyId === null) return undefined;
  const { policyId, calendarId, requesterTier, promised } = opening;
  const tier = requesterTier ?? ticket.tier;
  return { policyId, calendarId, tier, minutes: promisedTo(tier, promised) };
}

/** The clock by a promise from `at` on: what it has counted and its pauses stay. */
export function byPromise(
  clock: ClockRow,
  { minutes, calendarId }: Pick<PresentPromise, "minutes" | "calendarId">,
  at: string,
  calendars: Calendars,
  pauses: readonly PauseRow[],
): ClockRow {
  const targetMinutes = minutes[clock.target] ?? clock.targetMinutes;
  return retarget(clock, { targetMinutes, calendarId }, at, calendars, pauses);
}
