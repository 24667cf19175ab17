import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Ticket } from "./api.ts";
import { findClocks, findPauses } from "./clocks.sql.ts";
import { loadClockCalendars } from "./load-calendars.ts";
import { show } from "./sla-clock.ts";
import { findTicketRow, publicTicket } from "./tickets.sql.ts";

/** The ticket with its clocks as of now. Refuses `ticket_unknown` for what the actor may not see. */
export async function getTicket(tx: Tx, actor: Actor, id: string): Promise<Ticket> {
  const [row, clocks, pauses] = await Promise.all([
    findTicketRow(tx, actor, id),
    findClocks(tx, id),
    findPauses(tx, id),
  ]);
  if (!row) throw new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");
  const calendars = await loadClockCalendars(tx, clocks);
  const at = nowText();
  return { ...publicTicket(row), clocks: clocks.map((clock) => show(clock, calendars, pauses, at)) };
}
