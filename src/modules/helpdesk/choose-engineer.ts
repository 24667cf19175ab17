import { isOpen } from "../../engines/business-time/index.ts";
import type { Tx } from "../../platform/db.ts";
import { loadCalendars } from "./load-calendars.ts";
import { type Engineer, findSkilledEngineers, type Opening } from "./opening.sql.ts";

/**
 * Who is responsible: the site's named engineer who is on duty, the customer's next, else the ablest on duty for this type
 * of device, else nobody: then it is the desk's.
 */
export async function chooseEngineer(tx: Tx, opening: Opening, at: string): Promise<Engineer | undefined> {
  const named = await firstOnDuty(tx, opening.engineers, at);
  if (named || opening.deviceType === null) return named;
  return firstOnDuty(tx, await findSkilledEngineers(tx, opening.deviceType, at), at);
}

async function firstOnDuty(tx: Tx, engineers: readonly Engineer[], at: string): Promise<Engineer | undefined> {
  for (const engineer of engineers) {
    if (engineer.away) continue;
    if (engineer.calendarId === null) return engineer;
    const calendars = await loadCalendars(tx, [{ id: engineer.calendarId, version: engineer.calendarVersion }]);
    const calendar = calendars.get(engineer.calendarId);
    if (calendar && isOpen(calendar, Date.parse(at))) return engineer;
  }
  return undefined;
}
