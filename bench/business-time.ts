import {
  addBusinessTime,
  type CalendarDefinition,
  type Pause,
  prepareCalendar,
} from "../src/engines/business-time/index.ts";
import { seededRandom } from "../src/engines/random/index.ts";
import { everyDay, hour, office } from "../test/reference/ask-calendar.ts";
import { walkingClock } from "../test/reference/minute-clock.ts";

interface Figure {
  readonly bench: string;
  /** Due times per second against the minute-stepping reference in the same run. */
  readonly ratio: number;
  readonly aim: number;
  readonly perSecond: number;
  readonly referencePerSecond: number;
}

interface Question {
  readonly start: number;
  readonly duration: number;
  readonly pauses: readonly Pause[];
}

const minute = 60_000;

/** Office hours with a lunch break, a night shift, holidays, special days and clock changes. */
const calendarInUse: CalendarDefinition = {
  timeZone: "America/New_York",
  weekly: { ...everyDay(office), fri: [["22:00", "06:00"]], sat: [], sun: [] },
  holidays: ["2026-01-19", "2026-05-25", "2026-07-03", "2026-09-07", "2026-11-26"],
  recurringHolidays: ["01-01", "12-25"],
  special: { "2026-12-24": [["09:00", "12:00"]], "2026-11-28": [["10:00", "16:00"]] },
};

/** Due dates of a year of promises: one hour to five working days, up to three pauses in the order they happened. */
export async function* benchBusinessTime(): AsyncGenerator<Figure> {
  const calendar = prepareCalendar(calendarInUse);
  const reference = walkingClock(calendarInUse);
  const questions = yearOfQuestions(20_000);
  const few = questions.filter((_, index) => index % 100 === 0);
  for (const { start, duration, pauses } of few) {
    const [due, walked] = [addBusinessTime(calendar, start, duration, pauses), reference.add(start, duration, pauses)];
    if (due !== walked) throw new Error(`The engine answers ${due} where the reference walks to ${walked}.`);
  }
  const perSecond = rate(questions, 50, ({ start, duration, pauses }) =>
    addBusinessTime(calendar, start, duration, pauses),
  );
  const referencePerSecond = rate(few, 1, ({ start, duration, pauses }) => reference.add(start, duration, pauses));
  yield { bench: "business-time.due", ratio: perSecond / referencePerSecond, aim: 1000, perSecond, referencePerSecond };
}

function yearOfQuestions(count: number): Question[] {
  const yearStart = Date.UTC(2026, 0, 1);
  const random = seededRandom(1);
  const minutesUpTo = (minutes: number) => Math.floor(random() * minutes) * minute;
  return Array.from({ length: count }, () => {
    const start = yearStart + minutesUpTo(365 * 24 * 60);
    const pauses = Array.from({ length: Math.floor(random() * 4) }, (): Pause => {
      const from = start + minutesUpTo(3 * 24 * 60);
      return [from, from + minutesUpTo(12 * 60)];
    }).sort(([a], [b]) => a - b);
    return { start, duration: hour + minutesUpTo(39 * 60), pauses };
  });
}

function rate(
  questions: readonly Question[],
  rounds: number,
  answer: (question: Question) => number | undefined,
): number {
  let answered = 0;
  const began = performance.now();
  for (let round = 0; round < rounds; round++) {
    for (const question of questions) if (answer(question) !== undefined) answered++;
  }
  return (answered / (performance.now() - began)) * 1000;
}
