import { queryOptions } from "@tanstack/react-query";
import type {
  Calendar,
  CalendarSummary,
  HolidayCountries,
  Interval,
  Preview,
} from "../../src/modules/calendars/api.ts";
import { get, type Page } from "../app/api.ts";

export const calendarsQuery = queryOptions({
  queryKey: ["calendars", "picker"],
  queryFn: ({ signal }) => get<Page<CalendarSummary>>("/calendars", { limit: 200 }, signal),
  select: ({ items }) => items,
  staleTime: 60_000,
});

export const calendarQuery = (id: string) =>
  queryOptions({
    queryKey: ["calendars", "one", id],
    queryFn: ({ signal }) => get<Calendar>(`/calendars/${id}`, {}, signal),
  });

export const previewQuery = (id: string, from: string, to: string) =>
  queryOptions({
    queryKey: ["calendars", "preview", id, from, to],
    queryFn: ({ signal }) => get<Preview>(`/calendars/${id}/preview`, { from, to }, signal),
    select: ({ items }) => items,
  });

export const countriesQuery = queryOptions({
  queryKey: ["calendars", "holiday-countries"],
  queryFn: ({ signal }) => get<HolidayCountries>("/holiday-countries", {}, signal),
  select: ({ items }) => items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours as people write them: `09:00–12:30, 13:30–18:00`. */
export function hoursText(intervals: readonly Interval[] | undefined): string {
  return (intervals ?? []).map(([from, to]) => `${from}–${to}`).join(", ");
}

/** The other way; undefined when it cannot be read. Empty means closed. */
export function parseHours(text: string): Interval[] | undefined {
  if (text.trim() === "") return [];
  const intervals: Interval[] = [];
  for (const part of text.split(/[,;，；、]/)) {
    const match = /^\s*(\d{1,2})[:.：](\d{2})\s*(?:-|–|—|~|～|至|to|đến)\s*(\d{1,2})[:.：](\d{2})\s*$/i.exec(part);
    if (!match) return undefined;
    const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number);
    if (fromHour === undefined || fromMinute === undefined || toHour === undefined || toMinute === undefined)
      return undefined;
    if (fromHour > 23 || toHour > 24 || fromMinute > 59 || toMinute > 59 || (toHour === 24 && toMinute > 0))
      return undefined;
    intervals.push([clock(fromHour, fromMinute), clock(toHour, toMinute)]);
  }
  return intervals;
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** 2026-11-02 was a Monday: names of weekdays in the reader's language, without a table of our own. */
export function weekdayName(weekday: Weekday, language: string, style: "short" | "long" = "long"): string {
  const date = new Date(Date.UTC(2026, 10, 2 + weekdays.indexOf(weekday)));
  return new Intl.DateTimeFormat(language, { weekday: style, timeZone: "UTC" }).format(date);
}
