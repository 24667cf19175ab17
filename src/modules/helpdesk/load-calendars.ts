import type { PreparedCalendar } from "../../engines/business-time/index.ts";
import type { Tx } from "../../platform/db.ts";
import { getCalendar, preparedCalendar, preparedFrom } from "../calendars/index.ts";

/** The prepared calendars with these ids. A version that was read along spares the look-up of a calendar already known. */
export async function loadCalendars(
  tx: Tx,
  wanted: readonly { id: string; version?: number | null }[],
): Promise<ReadonlyMap<string, PreparedCalendar>> {
  const calendars = new Map<string, PreparedCalendar>();
  for (const { id, version } of wanted) {
    if (calendars.has(id)) continue;
    const calendar = version
      ? preparedFrom({ tenantId: tx.tenantId, id, version }, () => getCalendar(tx, id))
      : preparedCalendar(tx, id);
    calendars.set(id, await calendar);
  }
  return calendars;
}
