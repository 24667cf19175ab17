/** Days since 1970-01-01 in the proleptic Gregorian calendar: building a table asks for millions, too many for `Temporal.PlainDate`. */

export const dayMilliseconds = 86_400_000;

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysBeforeMonth = monthLengths.map((_, month) =>
  monthLengths.slice(0, month).reduce((sum, days) => sum + days, 0),
);

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether the date exists: 29 February does in leap years only. */
export function isDate(year: number, month: number, day: number): boolean {
  const length = month === 2 && isLeapYear(year) ? 29 : (monthLengths[month - 1] ?? 0);
  return day >= 1 && day <= length;
}

/** Days from 1970-01-01 to a date that exists. */
export function epochDayOf(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDaysBefore = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0;
  const daysFromYearOneTo1970 = 719_162;
  return before * 365 + leapDaysBefore + (daysBeforeMonth[month - 1] ?? 0) + leapDay + day - 1 - daysFromYearOneTo1970;
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(epochDay: number): number {
  return (((epochDay + 3) % 7) + 7) % 7;
}
