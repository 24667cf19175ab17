import type { Calendar, Interval, SpecialDay, WeeklyHours } from "../modules/calendars/index.ts";

export type CalendarKey =
  | "office"
  | "shops"
  | "branches"
  | "plantContinuous"
  | "plantTwoShifts"
  | "plantNights"
  | "saigonOffice"
  | "dutySouth"
  | "dutyEast"
  | "dutyNorth"
  | "dutyVietnamLate";

export type CalendarPlan = Pick<
  Calendar,
  "name" | "timeZone" | "weekly" | "country" | "region" | "recurringHolidays" | "days"
>;

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function week(daily: Interval[], saturday: Interval[] = [], sunday: Interval[] = []): WeeklyHours {
  return Object.fromEntries(
    days.map((day) => [day, day === "sat" ? saturday : day === "sun" ? sunday : daily]),
  ) satisfies WeeklyHours;
}

const everyDay = (daily: Interval[]) => week(daily, daily, daily);
const twoShifts: Interval[] = [
  ["06:00", "10:00"],
  ["10:30", "14:00"],
  ["14:00", "18:00"],
  ["18:30", "22:00"],
];
const dayAndNight: Interval[] = [
  ["07:00", "11:30"],
  ["13:00", "17:00"],
  ["22:00", "06:00"],
];

/** The calendars of the demo provider; the year's moon holidays are looked up for the years around `today`. */
export function calendarPlans(today: Temporal.PlainDate): Readonly<Record<CalendarKey, CalendarPlan>> {
  const china = { timeZone: "Asia/Shanghai", country: null };
  const vietnam = { timeZone: "Asia/Ho_Chi_Minh", country: "VN" };
  const hongKong = { timeZone: "Asia/Hong_Kong", country: "HK" };
  const plan = (
    name: string,
    place: Pick<CalendarPlan, "timeZone" | "country">,
    weekly: WeeklyHours,
    special: SpecialDay[] = [],
  ): CalendarPlan => ({ name, ...place, region: null, recurringHolidays: [], weekly, days: special });
  return {
    office: plan("Office hours Hong Kong", hongKong, week([["09:00", "18:00"]])),
    shops: plan("门店营业时间", china, everyDay([["07:00", "23:00"]]), newYearDays(today)),
    branches: plan(
      "分行營業時間",
      { ...hongKong, country: null },
      week([["09:30", "20:00"]], [["10:00", "19:00"]], [["10:00", "19:00"]]),
      newYearDays(today).map((day) => ({ ...day, name: "農曆新年", intervals: [] })),
    ),
    plantContinuous: plan("Nhà máy ba ca liên tục", { ...vietnam, country: null }, everyDay([["00:00", "24:00"]])),
    plantTwoShifts: plan("Nhà máy hai ca, nghỉ giữa ca", vietnam, week(twoShifts, twoShifts)),
    plantNights: plan("Nhà máy ca ngày và ca đêm", vietnam, week(dayAndNight, [["07:00", "11:30"]])),
    saigonOffice: plan(
      "Văn phòng TP. Hồ Chí Minh",
      vietnam,
      week([
        ["08:00", "12:00"],
        ["13:00", "17:30"],
      ]),
    ),
    dutySouth: plan("华南值班", china, week([["07:00", "21:00"]], [["08:00", "21:00"]], [["10:00", "18:00"]])),
    dutyEast: plan("华东值班", china, week([["07:00", "21:00"]], [["08:00", "21:00"]], [["10:00", "20:00"]])),
    dutyNorth: plan("Trực Bắc Ninh", vietnam, week([["07:00", "18:00"]], [["07:00", "12:00"]])),
    dutyVietnamLate: plan("Trực chiều tối", vietnam, week([["13:00", "23:00"]], [["13:00", "21:00"]])),
  };
}

/** New Year's Eve closes early and the first day of the year is free, in the years around `today`. */
function newYearDays(today: Temporal.PlainDate): SpecialDay[] {
  return [-1, 0, 1, 2].flatMap((years): SpecialDay[] => {
    const first = lunarNewYear(today.year + years);
    return [
      { day: first.subtract({ days: 1 }).toString(), name: "除夕", intervals: [["07:00", "18:00"]] },
      { day: first.toString(), name: "春节", intervals: [] },
    ];
  });
}

/** The first day of the Chinese year that begins in a Gregorian year. */
export function lunarNewYear(year: number): Temporal.PlainDate {
  const summer = Temporal.PlainDate.from({ year, month: 7, day: 1 }).withCalendar("chinese");
  return summer.with({ month: 1, day: 1 }).withCalendar("iso8601");
}
