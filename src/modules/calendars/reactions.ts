import { type Actor, systemActor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import type { Reaction } from "../../platform/events.ts";
import type { Locale } from "../../platform/fields.ts";
import { findTenant } from "../identity/index.ts";
import type { Interval, WeeklyHours } from "./api.ts";
import { hasCalendars } from "./calendars.sql.ts";
import { createCalendar } from "./create-calendar.ts";
import { countryOfZone } from "./public-holidays.ts";

const names: Record<Locale, { office: string; always: string }> = {
  en: { office: "Office hours", always: "Around the clock" },
  "zh-Hans": { office: "工作时间", always: "全天候" },
  "zh-Hant": { office: "辦公時間", always: "全天候" },
  vi: { office: "Giờ hành chính", always: "24 giờ mỗi ngày" },
};

const officeDay: Interval[] = [
  ["09:00", "12:00"],
  ["13:00", "18:00"],
];
const officeWeek: WeeklyHours = { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay };
const wholeDay: Interval[] = [["00:00", "24:00"]];
const wholeWeek: WeeklyHours = {
  mon: wholeDay,
  tue: wholeDay,
  wed: wholeDay,
  thu: wholeDay,
  fri: wholeDay,
  sat: wholeDay,
  sun: wholeDay,
};

/** A new provider begins with office hours of its country and with a calendar that never closes. */
async function addFirstCalendars(tx: Tx): Promise<void> {
  if (await hasCalendars(tx)) return;
  const { timeZone, locale } = await findTenant(tx);
  const { office, always } = names[isKnownLocale(locale) ? locale : "en"];
  const actor: Actor = systemActor(tx.tenantId);
  const country = countryOfZone(timeZone) ?? null;
  await createCalendar(tx, actor, { name: office, timeZone, weekly: officeWeek, country });
  await createCalendar(tx, actor, { name: always, timeZone, weekly: wholeWeek });
}

function isKnownLocale(locale: string): locale is Locale {
  return locale in names;
}

/** A new provider gets its first calendars. */
export const calendarsReactions: Readonly<Record<string, Reaction>> = {
  "identity.provider_created": addFirstCalendars,
};
