import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import { sqlState, type Tx, uniqueViolation } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { refuseStale } from "../../platform/versions.ts";
import { checkCalendarChoice } from "../calendars/index.ts";
import type { Site, SiteChange } from "./api.ts";
import { checkTimeZone } from "./check-references.ts";
import { codeTaken } from "./create-customer.ts";
import { checkPosition } from "./create-site.ts";
import { getSite } from "./get-visible.ts";
import { lockSite, updateSite } from "./sites.sql.ts";

export async function changeSite(
  tx: Tx,
  actor: Actor,
  id: string,
  change: SiteChange,
  expected: number | undefined,
): Promise<Site> {
  await lockSite(tx, id);
  const present = await getSite(tx, actor, id);
  refuseStale(expected, present.version);
  const { archived, ...members } = change;
  if (members.calendarId !== present.calendarId) await checkCalendarChoice(tx, members.calendarId);
  if (members.timeZone !== undefined) checkTimeZone(members.timeZone);
  const next = { ...present, ...members };
  checkPosition(next);
  const archivedAt = archived === undefined ? present.archivedAt : archived ? nowText() : null;
  const stored = { ...next, name: next.name.trim(), accessNotes: next.accessNotes ?? "" };
  await updateSite(tx, id, stored, archivedAt).catch((error) => {
    throw sqlState(error) === uniqueViolation ? codeTaken() : error;
  });
  const subject = { kind: "site", id, version: present.version + 1 };
  const audience = { customerId: present.customerId, siteId: id };
  record(tx, actor, "customers.site_changed", subject, { members: Object.keys(change) }, audience);
  return getSite(tx, actor, id);
}
