import { type Static, Type } from "typebox";
import { Day, Id, Name, orNull } from "../../platform/fields.ts";
import { Page, pageQuery } from "../../platform/page.ts";

/** Opening and closing time, `"09:00"` or `"09:00:30"`; `"24:00"` is midnight at the end; closing before opening is a night shift. */
export const Interval = Type.Tuple([Type.String(), Type.String()]);
export type Interval = Static<typeof Interval>;

const intervals = Type.Array(Interval, { maxItems: 24 });

/** Hours of each weekday; a weekday that is left out is closed. */
export const WeeklyHours = Type.Object(
  {
    mon: Type.Optional(intervals),
    tue: Type.Optional(intervals),
    wed: Type.Optional(intervals),
    thu: Type.Optional(intervals),
    fri: Type.Optional(intervals),
    sat: Type.Optional(intervals),
    sun: Type.Optional(intervals),
  },
  { additionalProperties: false },
);
export type WeeklyHours = Static<typeof WeeklyHours>;

/** A day that differs from the week: an own holiday (no intervals) or a day with its own hours, even on a public holiday. */
export const SpecialDay = Type.Object(
  { day: Day, name: Type.String({ maxLength: 200 }), intervals },
  { additionalProperties: false },
);
export type SpecialDay = Static<typeof SpecialDay>;

export const CalendarSummary = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  timeZone: Type.String(),
  weekly: WeeklyHours,
  /** Whose public holidays close it: ISO 3166-1, e.g. `CN`; null for nobody's. */
  country: orNull(Type.String()),
  /** A part of the country with holidays of its own: `BY`, or `BY/A` for a part of a part. */
  region: orNull(Type.String()),
  /** `MM-DD`, closed every year. */
  recurringHolidays: Type.Array(Type.String()),
  createdAt: Type.String(),
  archivedAt: orNull(Type.String()),
});
export type CalendarSummary = Static<typeof CalendarSummary>;

export const Calendar = Type.Object({ ...CalendarSummary.properties, days: Type.Array(SpecialDay) });
export type Calendar = Static<typeof Calendar>;

const writable = {
  name: Name,
  timeZone: Type.String({ maxLength: 60 }),
  weekly: WeeklyHours,
  country: orNull(Type.String({ pattern: "^[A-Z]{2}$" })),
  region: orNull(Type.String({ maxLength: 40 })),
  recurringHolidays: Type.Array(Type.String({ pattern: "^\\d{2}-\\d{2}$" }), { maxItems: 366 }),
  days: Type.Array(SpecialDay, { maxItems: 2000 }),
};

export const NewCalendar = Type.Object(
  {
    name: writable.name,
    timeZone: writable.timeZone,
    weekly: writable.weekly,
    country: Type.Optional(writable.country),
    region: Type.Optional(writable.region),
    recurringHolidays: Type.Optional(writable.recurringHolidays),
    days: Type.Optional(writable.days),
  },
  { additionalProperties: false },
);
export type NewCalendar = Static<typeof NewCalendar>;

/** Members that are sent replace the old ones whole; `archived` hides it from lists, what uses it keeps it. */
export const CalendarChange = Type.Partial(Type.Object({ ...writable, archived: Type.Boolean() }), {
  additionalProperties: false,
  minProperties: 1,
});
export type CalendarChange = Static<typeof CalendarChange>;

export const CalendarFilter = Type.Object(
  { ...pageQuery, archived: Type.Boolean({ default: false }), q: Type.Optional(Type.String({ maxLength: 100 })) },
  { additionalProperties: false },
);
export type CalendarFilter = Static<typeof CalendarFilter>;
export const CalendarPage = Page(CalendarSummary);
export type CalendarPage = Static<typeof CalendarPage>;

/** Both days are included; at most 400 days. */
export const PreviewFilter = Type.Object({ from: Day, to: Day }, { additionalProperties: false });
export type PreviewFilter = Static<typeof PreviewFilter>;

export const DayReason = Type.Union([
  Type.Literal("week"),
  Type.Literal("special_day"),
  Type.Literal("public_holiday"),
  Type.Literal("recurring_holiday"),
]);
export type DayReason = Static<typeof DayReason>;

export const PreviewDay = Type.Object({
  day: Day,
  intervals: Type.Array(Interval),
  reason: DayReason,
  /** Of the holiday or the special day. */
  name: orNull(Type.String()),
});
export type PreviewDay = Static<typeof PreviewDay>;
export const Preview = Type.Object({ items: Type.Array(PreviewDay) });
export type Preview = Static<typeof Preview>;

export const HolidayFilter = Type.Object(
  {
    country: Type.String({ pattern: "^[A-Z]{2}$" }),
    region: Type.Optional(Type.String({ maxLength: 40 })),
    year: Type.Integer({ minimum: 1970, maximum: 2100 }),
  },
  { additionalProperties: false },
);
export type HolidayFilter = Static<typeof HolidayFilter>;

/** One entry of a country's feed. Only public holidays that cover the morning close a calendar. */
export const Holiday = Type.Object({
  day: Day,
  /** Days it lasts. */
  days: Type.Integer(),
  name: Type.String(),
  kind: Type.String({ description: "public, bank, school, optional or observance" }),
  closes: Type.Boolean(),
});
export type Holiday = Static<typeof Holiday>;
export const Holidays = Type.Object({ items: Type.Array(Holiday) });
export type Holidays = Static<typeof Holidays>;

export const HolidayCountries = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      regions: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
    }),
  ),
});
export type HolidayCountries = Static<typeof HolidayCountries>;
