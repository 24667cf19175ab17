import { addBusinessTime, nextOpening, type PreparedCalendar } from "../engines/business-time/index.ts";
import { theSystem, type Who } from "./history-rows.ts";
import type { Phrases } from "./phrases.ts";
import type { Random } from "./random.ts";
import { rateLife } from "./rate-life.ts";
import type { TicketLife } from "./ticket-life.ts";
import type { Engineer } from "./ticket-opening.ts";

/** Those who have a part in a ticket, and the hours in which it is worked on. */
export interface Scene {
  random: Random;
  hours: PreparedCalendar;
  phrases: Phrases;
  /** Undefined for what a machine or the desk reported on its own. */
  asker: Who | undefined;
  /** A contact of the customer, who rates now and then. */
  contact: Who;
  engineer: Engineer | undefined;
  helper: Engineer;
  desk: Engineer;
  /** How likely someone goes there. */
  visit: number;
  resolution: string;
  cause: string | null;
  closeAfterDays: number;
}

interface Step {
  at: number;
  act: (at: number) => void;
}

const minute = 60_000;

/** Lets people deal with a ticket, as far as they have come by `until` (epoch milliseconds). */
export function liveOut(life: TicketLife, scene: Scene, until: number): void {
  const steps = planSteps(life, scene).toSorted((a, b) => a.at - b.at);
  for (const { at, act } of steps) {
    if (at > until) break;
    act(at);
  }
  life.settle(until);
}

function planSteps(life: TicketLife, scene: Scene): Step[] {
  const { random, phrases, asker, desk, helper } = scene;
  const opened = Date.parse(life.row.openedAt);
  const [response, restore, resolve] = (["response", "restore", "resolve"] as const).map(
    (target) => life.clocks.find((clock) => clock.target === target)?.targetMinutes ?? 480,
  ) as [number, number, number];
  const steps: Step[] = [];
  const later = (from: number, minutes: number) => working(scene.hours, from, minutes);

  if (asker && scene.engineer && random.chance(0.03)) {
    const at = later(opened, random.between(1, Math.min(12, response * 0.5)));
    return [{ at, act: (when) => life.cancel(when, asker, random.pick(phrases.cancelled)) }];
  }
  let engineer = scene.engineer;
  let taken = opened;
  if (!engineer || random.chance(0.05)) {
    const isHandedOver = engineer !== undefined;
    const giver: Who = { kind: "staff", id: engineer?.id ?? desk.id };
    taken = later(opened, Math.min(response * random.between(0.1, 0.4), 45));
    engineer = helper;
    steps.push({ at: taken, act: (at) => life.assign(at, isHandedOver ? giver : staffOf(desk), helper) });
    if (isHandedOver) {
      const note = random.pick(phrases.handedOver);
      steps.push({ at: taken - 1000, act: (at) => life.note(at, { id: giver.id, name: "" }, note) });
    }
  }
  const owner = engineer;
  const seen = Math.max(taken + 40_000, later(opened, response * random.around(0.22, 0.85)));
  steps.push({ at: seen, act: (at) => life.acknowledge(at, owner) });
  if (random.chance(0.6)) {
    const text = random.pick(phrases.seen);
    steps.push({ at: seen + random.whole(15_000, 150_000), act: (at) => life.reply(at, staffOf(owner), text) });
  }
  if (asker && random.chance(0.12)) {
    const text = random.pick(phrases.waiting);
    steps.push({ at: opened + random.whole(4, 70) * minute, act: (at) => life.reply(at, asker, text) });
  }
  const isVisit = random.chance(scene.visit);
  const pause = random.chance(isVisit ? 0.2 : 0.08) ? planPause(life, scene, owner, seen) : undefined;
  if (pause) steps.push(...pause.steps);
  const pauses = pause ? [[pause.from, pause.to] as const] : [];
  const begin = pause?.to ?? seen;
  const wanted = addBusinessTime(scene.hours, opened, whole(restore * random.around(0.32, 0.6)), pauses) ?? begin;
  const job = isVisit ? planVisit(life, scene, owner, begin, wanted) : planRemote(life, scene, owner, begin, wanted);
  steps.push(...job.steps);
  let solved = job.done;
  if (random.chance(0.26)) {
    const note = random.pick(phrases.restored);
    steps.push({ at: job.done, act: (at) => life.restore(at, owner, note) });
    const inTime = addBusinessTime(scene.hours, opened, whole(resolve * random.around(0.36, 0.5)), pauses);
    solved = Math.max(job.done + 12 * minute, inTime ?? 0);
  }
  steps.push({ at: solved, act: (at) => life.resolve(at, owner, scene.resolution, scene.cause) });
  if (random.chance(0.22)) {
    const note = random.pick(phrases.note);
    const at = Math.floor(random.between(begin, solved));
    steps.push({ at: Math.max(at, begin + 1000), act: (when) => life.note(when, owner, note) });
  }
  return [...steps, ...planEnd(life, scene, owner, solved, response)];
}

const phraseOf = {
  agreed_appointment: "appointment",
  waiting_for_supplier: "part",
  waiting_for_user: "question",
  other: "question",
} as const;

/** Waiting for a part, an appointment, an answer: often over night, sometimes over a weekend. */
function planPause(life: TicketLife, scene: Scene, engineer: Engineer, seen: number) {
  const { random, phrases, asker, hours } = scene;
  const from = working(hours, seen, random.between(6, 35));
  const reason = random.weighted<keyof typeof phraseOf>([
    ["agreed_appointment", 4],
    ["waiting_for_supplier", 4],
    [asker ? "waiting_for_user" : "other", 3],
  ]);
  const hoursOfWait = {
    agreed_appointment: random.chance(0.3) ? 62 : 14,
    waiting_for_supplier: random.between(20, 90),
    waiting_for_user: random.around(5, 0.8),
    other: random.around(8, 0.6),
  }[reason];
  const open = nextOpening(hours, Math.floor(from + hoursOfWait * 60 * minute)) ?? from;
  const to = Math.floor(open + random.between(1, 50) * minute);
  const text = random.pick(phrases[phraseOf[reason]]);
  const isAgreed = reason === "agreed_appointment";
  const by = isAgreed ? theSystem : staffOf(engineer);
  const steps: Step[] = [
    { at: from - 20_000, act: (at) => life.reply(at, staffOf(engineer), text) },
    { at: from, act: (at) => life.pause(at, engineer, reason, isAgreed ? to : null) },
    { at: to, act: (at) => life.resume(at, by) },
  ];
  if (asker && reason === "waiting_for_user") {
    const answer = random.pick(phrases.answer);
    steps.push({ at: Math.max(from + 1000, to - 4 * minute), act: (at) => life.reply(at, asker, answer) });
  }
  return { from, to, steps };
}

function planVisit(life: TicketLife, { random, phrases }: Scene, engineer: Engineer, begin: number, wanted: number) {
  const travel = random.whole(12, 55);
  const onSite = random.whole(12, 75);
  const arrived = Math.max(wanted - onSite * minute, begin + (travel + random.whole(2, 6)) * minute);
  const done = arrived + onSite * minute;
  const note = random.chance(0.5) ? random.pick(phrases.worked) : null;
  const steps: Step[] = [
    { at: arrived - travel * minute, act: (at) => life.depart(at, engineer) },
    { at: arrived, act: (at) => life.arrive(at, engineer) },
    { at: arrived + 1000, act: (at) => life.logWork(at, engineer, "travel", travel, null) },
    { at: done - 1000, act: (at) => life.logWork(at, engineer, "on_site", onSite, note) },
  ];
  return { done, steps };
}

function planRemote(life: TicketLife, { random, phrases }: Scene, engineer: Engineer, begin: number, wanted: number) {
  const minutes = random.whole(6, 45);
  const done = Math.max(wanted, begin + minutes * minute + 2000);
  const note = random.chance(0.4) ? random.pick(phrases.worked) : null;
  const steps: Step[] = [{ at: done - 1000, act: (at) => life.logWork(at, engineer, "remote", minutes, note) }];
  return { done, steps };
}

/** After it was solved: now and then it comes back; someone says how it was; it is closed. */
function planEnd(life: TicketLife, scene: Scene, engineer: Engineer, solved: number, response: number): Step[] {
  const { random, phrases, asker, contact, hours, closeAfterDays } = scene;
  const steps: Step[] = [];
  let last = solved;
  const wish = Math.floor(solved + random.between(1, closeAfterDays * 18) * 60 * minute);
  const back = Math.max((nextOpening(hours, wish) ?? wish) + 1000, solved + 30 * minute);
  const isStillOpen = back < solved + (closeAfterDays * 24 - 1) * 60 * minute;
  if (asker && isStillOpen && random.chance(0.05)) {
    const reason = random.pick(phrases.reopened);
    const seen = working(hours, back, response * random.around(0.3, 0.5)) + 1000;
    const minutes = random.whole(15, 120);
    last = seen + (minutes + 5) * minute;
    steps.push(
      { at: back, act: (when) => life.reopen(when, asker, reason) },
      { at: seen, act: (when) => life.acknowledge(when, engineer) },
      { at: last - 1000, act: (when) => life.logWork(when, engineer, "remote", minutes, null) },
      { at: last, act: (when) => life.resolve(when, engineer, scene.resolution, scene.cause) },
    );
  }
  const rater = asker && random.chance(0.9) ? asker : contact;
  if (random.chance(0.44)) {
    const at = last + Math.floor(random.around(150, 1.2) * minute) + 60_000;
    steps.push({ at, act: (when) => rateLife(life, when, rater, scene.contact, phrases, random) });
  }
  const byItself = last + closeAfterDays * 24 * 60 * minute + random.whole(0, 290_000);
  const byAsker = last + Math.floor(random.around(300, 0.9) * minute);
  if (asker?.kind === "person" && random.chance(0.12) && byAsker < byItself) {
    steps.push({ at: byAsker, act: (when) => life.close(when, asker) });
  } else {
    steps.push({ at: byItself, act: (when) => life.close(when, theSystem) });
  }
  return steps;
}

function working(hours: PreparedCalendar, from: number, minutes: number): number {
  return addBusinessTime(hours, from, whole(minutes)) ?? from;
}

function whole(minutes: number): number {
  return Math.max(1, Math.round(minutes * minute));
}

function staffOf({ id }: Engineer): Who {
  return { kind: "staff", id };
}
