import type { CalendarDefinition, OpenInterval } from "../../src/engines/business-time/index.ts";

/**
 * Business time by walking: one step after another, each either counted or not. Slow and obvious on purpose, it shares
 * nothing with the engine but the type of the definition. Exact when every time given is a multiple of the step.
 */
export interface WalkingClock {
  /** Epoch milliseconds; `undefined` while an open-ended pause holds the clock. */
  add(start: number, milliseconds: number, pauses: readonly WalkPause[]): number | undefined;
  between(start: number, end: number, pauses: readonly WalkPause[]): number;
  isOpen(at: number): boolean;
}

type WalkPause = readonly [from: number, to: number | null];

const day = 86_400_000;
const weekdayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export function walkingClock(definition: CalendarDefinition, step = 60_000): WalkingClock {
  const openingsByUtcDay = new Map<number, [number, number][]>();

  /** Whatever can be open during a UTC day: the hours of the local dates around it. */
  function openingsAround(utcDay: number): [number, number][] {
    const known = openingsByUtcDay.get(utcDay);
    if (known) return known;
    const utcDate = Temporal.Instant.fromEpochMilliseconds(utcDay * day)
      .toZonedDateTimeISO("UTC")
      .toPlainDate();
    const openings = [-3, -2, -1, 0, 1, 2].flatMap((days) => openingsOf(definition, utcDate.add({ days })));
    openingsByUtcDay.set(utcDay, openings);
    return openings;
  }

  const isOpen = (at: number) =>
    openingsAround(Math.floor(at / day)).some(([opens, closes]) => opens <= at && at < closes);
  const isPaused = (at: number, pauses: readonly WalkPause[]) =>
    pauses.some(([from, to]) => from <= at && (to === null || at < to));

  return {
    isOpen,
    add(start, milliseconds, pauses) {
      let at = start;
      for (let left = milliseconds; left > 0; at += step) {
        if (pauses.some(([from, to]) => to === null && from <= at)) return undefined;
        if (isOpen(at) && !isPaused(at, pauses)) left -= step;
      }
      return at;
    },
    between(start, end, pauses) {
      let counted = 0;
      for (let at = start; at < end; at += step) if (isOpen(at) && !isPaused(at, pauses)) counted += step;
      return counted;
    },
  };
}

function openingsOf(definition: CalendarDefinition, date: Temporal.PlainDate): [number, number][] {
  const { timeZone } = definition;
  // A date that its zone skipped has no first moment of its own.
  if (!date.toZonedDateTime(timeZone).toPlainDate().equals(date)) return [];
  const moment = (on: Temporal.PlainDate, time: string) =>
    time.startsWith("24:")
      ? on.add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: "00:00" }).epochMilliseconds
      : on.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
  return hoursOf(definition, date).map(([opens, closes]) => [
    moment(date, opens),
    moment(closes < opens ? date.add({ days: 1 }) : date, closes),
  ]);
}

function hoursOf(definition: CalendarDefinition, date: Temporal.PlainDate): readonly OpenInterval[] {
  const special = definition.special?.[date.toString()];
  if (special) return special;
  if (definition.holidays?.includes(date.toString())) return [];
  if (definition.recurringHolidays?.includes(date.toString().slice(5))) return [];
  const weekday = weekdayNames[date.dayOfWeek - 1];
  return (weekday && definition.weekly?.[weekday]) ?? [];
}
