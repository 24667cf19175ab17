import { addBusinessTime, nextOpening, type PreparedCalendar } from "../../engines/business-time/index.ts";
import { instantText } from "../../platform/clock.ts";

/** How far a chain of calls has come. Step `steps.length` is the one after all others: nobody answered. */
export interface Progress {
  step: number;
  /** How often the present step was rung again. */
  repeats: number;
  beganAt: string;
  stepRungAt: string | null;
  rungAt: string | null;
}

/** What of an escalation policy decides when the next call is due. */
export interface Pace {
  repeatMinutes: number;
  /** Minutes since the first call, ascending, one for each step. */
  afterMinutes: readonly number[];
}

export interface Due {
  at: string;
  step: number;
  repeats: number;
}

/** A step is repeated no more often than this: who slept through two dozen calls needs another, or the desk. */
const mostRepeats = 24;

/**
 * When a chain rings next, and whom: the present step again, or the next one when its time has come.
 * @param hours for tickets that wait for the promise's hours: minutes are counted on it and nothing rings outside of it
 * @returns nothing when it has rung for the last time
 */
export function nextCall(progress: Progress, pace: Pace, hours: PreparedCalendar | undefined): Due | undefined {
  const { step, repeats, stepRungAt, rungAt } = progress;
  if (stepRungAt === null || rungAt === null) return due(progress.beganAt, 0, hours, { step: 0, repeats: 0 });
  const patience = patienceOf(step, pace);
  const next = patience === undefined ? undefined : due(stepRungAt, patience, hours, { step: step + 1, repeats: 0 });
  if (repeats >= mostRepeats) return next;
  const again = due(rungAt, pace.repeatMinutes, hours, { step, repeats: repeats + 1 });
  if (!next || !again) return next ?? again;
  return next.at <= again.at ? next : again;
}

/** Minutes from the first call of a step to the next step; the last waits as long as the one before it did. */
function patienceOf(step: number, { afterMinutes, repeatMinutes }: Pace): number | undefined {
  const [from, to, before] = [afterMinutes[step], afterMinutes[step + 1], afterMinutes[step - 1]];
  if (from === undefined) return undefined;
  if (to !== undefined) return to - from;
  return Math.max(repeatMinutes, before === undefined ? 0 : from - before);
}

function due(
  from: string,
  minutes: number,
  hours: PreparedCalendar | undefined,
  call: Pick<Due, "step" | "repeats">,
): Due | undefined {
  const start = Date.parse(from);
  if (!hours) return { at: instantText(start + minutes * 60_000), ...call };
  const counted = addBusinessTime(hours, start, minutes * 60_000);
  const open = counted === undefined ? undefined : nextOpening(hours, counted);
  return open === undefined ? undefined : { at: instantText(open), ...call };
}
