import { useMemo } from "react";
import { useTranslation } from "react-i18next";

export interface Format {
  /** 14:05, in the zone given or the reader's own. */
  time(instant: string, zone?: string): string;
  /** Mon, 24 Nov 2026 */
  date(instant: string, zone?: string): string;
  /** 24 Nov */
  shortDate(instant: string, zone?: string): string;
  /** Today shows the time alone; another day, the day too; another year, the year too. */
  moment(instant: string, zone?: string): string;
  /** Everything, for a hover: Monday, 24 November 2026 at 14:05:09 GMT+8 */
  full(instant: string, zone?: string): string;
  /** 3 minutes ago */
  ago(instant: string): string;
  /** 2 hr 10 min; `narrow` for lists. Seconds only under two minutes. */
  duration(seconds: number, narrow?: boolean): string;
  number(value: number, digits?: number): string;
  percent(share: number, digits?: number): string;
  /** Names joined as the language joins them. */
  list(items: readonly string[]): string;
}

/** English as most of the world writes its dates. */
const intlLocale = (language: string) => (language === "en" ? "en-GB" : language);

export function createFormat(language: string): Format {
  const locale = intlLocale(language);
  const dates = new Map<string, Intl.DateTimeFormat>();
  const dateFormat = (options: Intl.DateTimeFormatOptions, zone: string | undefined) => {
    const key = JSON.stringify([options, zone]);
    let format = dates.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(locale, zone ? { ...options, timeZone: zone } : options);
      dates.set(key, format);
    }
    return format;
  };
  const show = (instant: string, options: Intl.DateTimeFormatOptions, zone?: string) => {
    const date = new Date(instant);
    return Number.isNaN(date.getTime()) ? "–" : dateFormat(options, zone).format(date);
  };
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const unit = (name: "day" | "hour" | "minute" | "second", narrow: boolean) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: narrow ? "narrow" : "short" });
  const units = {
    short: {
      day: unit("day", false),
      hour: unit("hour", false),
      minute: unit("minute", false),
      second: unit("second", false),
    },
    narrow: {
      day: unit("day", true),
      hour: unit("hour", true),
      minute: unit("minute", true),
      second: unit("second", true),
    },
  };
  const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const dayKey = (date: Date, zone?: string) =>
    dateFormat({ year: "numeric", month: "2-digit", day: "2-digit" }, zone).format(date);

  return {
    time: (instant, zone) => show(instant, clock, zone),
    date: (instant, zone) => show(instant, { weekday: "short", day: "numeric", month: "short", year: "numeric" }, zone),
    shortDate: (instant, zone) => show(instant, { day: "numeric", month: "short" }, zone),
    moment(instant, zone) {
      const now = new Date();
      const date = new Date(instant);
      if (dayKey(date, zone) === dayKey(now, zone)) return show(instant, clock, zone);
      if (date.getFullYear() === now.getFullYear())
        return show(instant, { day: "numeric", month: "short", ...clock }, zone);
      return show(instant, { day: "numeric", month: "short", year: "numeric" }, zone);
    },
    full: (instant, zone) => show(instant, { dateStyle: "full", timeStyle: "long" }, zone),
    ago(instant) {
      const seconds = (new Date(instant).getTime() - Date.now()) / 1000;
      const size = Math.abs(seconds);
      if (size < 45) return relative.format(0, "second");
      if (size < 45 * 60) return relative.format(Math.round(seconds / 60), "minute");
      if (size < 22 * 3600) return relative.format(Math.round(seconds / 3600), "hour");
      if (size < 26 * 86_400) return relative.format(Math.round(seconds / 86_400), "day");
      return relative.format(Math.round(seconds / (30.44 * 86_400)), "month");
    },
    duration(seconds, narrow = false) {
      const set = narrow ? units.narrow : units.short;
      const total = Math.max(0, Math.round(seconds));
      if (total < 60) return set.second.format(total);
      const minutes = Math.floor(total / 60);
      const days = Math.floor(minutes / 1440);
      const hours = Math.floor((minutes % 1440) / 60);
      const rest = minutes % 60;
      const parts: string[] = [];
      if (days > 0) parts.push(set.day.format(days));
      if (hours > 0) parts.push(set.hour.format(hours));
      if (days === 0 && rest > 0) parts.push(set.minute.format(rest));
      return parts.join(" ");
    },
    number: (value, digits = 0) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    percent: (share, digits = 0) =>
      new Intl.NumberFormat(locale, {
        style: "percent",
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(share),
    list: (items) => new Intl.ListFormat(locale, { type: "conjunction" }).format(items),
  };
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => createFormat(i18n.language), [i18n.language]);
}
