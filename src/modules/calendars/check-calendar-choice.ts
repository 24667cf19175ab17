import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { calendarCanBeChosen } from "./calendars.sql.ts";

/** Refuses `calendar_unknown` when a calendar is chosen that is not the provider's, or is archived. Choosing none is fine. */
export async function checkCalendarChoice(tx: Tx, id: string | null | undefined): Promise<void> {
  if (!id || (await calendarCanBeChosen(tx, id))) return;
  throw new Refusal("not_found", "calendar_unknown", "That calendar does not exist, or is archived.");
}
