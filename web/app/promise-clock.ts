import type { Clock as SentClock } from "../../src/modules/helpdesk/api.ts";

/** A promise's clock as the helpdesk sends it: enough to tick here exactly, without asking again. */
export type Clock = SentClock;

export type Risk = "late" | "soon" | "fine" | "paused" | "met" | "missed" | "ended";

/** Working seconds left at `now`, negative when late. It stands still outside working hours and in a pause. */
export function secondsLeft(clock: Clock, now: number): number {
  const moving = clock.state === "running" || (clock.state === "breached" && clock.metAt === null);
  if (!moving || clock.workingUntil === null) return clock.remainingSeconds;
  const until = Math.min(now, Date.parse(clock.workingUntil));
  return clock.remainingSeconds - Math.max(0, until - Date.parse(clock.asOf)) / 1000;
}

/** Whether the promise is in danger: less than a quarter of it left, or less than a quarter of an hour. */
export function riskOf(clock: Clock, now: number): Risk {
  if (clock.state === "met") return clock.breachedAt === null ? "met" : "missed";
  if (clock.state === "ended") return "ended";
  if (clock.state === "breached" && clock.metAt !== null) return "missed";
  const left = secondsLeft(clock, now);
  if (clock.state === "breached" || left < 0) return "late";
  if (clock.state === "paused") return "paused";
  return left < Math.max(900, clock.targetMinutes * 15) ? "soon" : "fine";
}

/** The clock that needs attention first: of those not yet met, the one with least left. */
export function nextClock(clocks: readonly Clock[]): Clock | undefined {
  const open = clocks.filter((clock) => clock.metAt === null && clock.state !== "ended");
  return open.toSorted((a, b) => a.remainingSeconds - b.remainingSeconds)[0];
}

const order: readonly Clock["target"][] = ["response", "restore", "resolve"];

/** In the order in which they fall due: answer, make it work, remove the cause. */
export function inOrder(clocks: readonly Clock[]): Clock[] {
  return clocks.toSorted((a, b) => order.indexOf(a.target) - order.indexOf(b.target));
}
