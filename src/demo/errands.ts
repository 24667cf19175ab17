import { changeTicketState } from "../modules/helpdesk/index.ts";
import type { Actor } from "../platform/actor.ts";
import type { Tx } from "../platform/db.ts";
import { phrases } from "./phrases.ts";
import type { Random } from "./random.ts";
import type { Symptom } from "./symptoms.ts";
import { addReply, giveRating, logWork } from "./ticket-rules.ts";

/** What is still to be done about one ticket, and when (epoch milliseconds). */
export interface Errand {
  steps: { at: number; act: (tx: Tx) => Promise<unknown> }[];
}

const second = 1000;

/** A fault dealt with in minutes instead of hours: taken, visited or not, solved, sometimes rated. */
export function planErrand(
  fault: { ticketId: string; at: number; reporter: Actor; symptom: Symptom; engineer: Actor },
  random: Random,
): Errand {
  const { ticketId, reporter, symptom, engineer } = fault;
  const said = phrases[symptom.locale];
  const steps: Errand["steps"] = [];
  let at = fault.at;
  const after = (least: number, most: number, act: (tx: Tx) => Promise<unknown>) => {
    at += random.whole(least * second, most * second);
    steps.push({ at, act });
  };
  const change = (step: Parameters<typeof changeTicketState>[3]) => (tx: Tx) =>
    changeTicketState(tx, engineer, ticketId, step);
  const isVisit = random.chance(symptom.visit);
  const minutes = random.whole(6, 40);
  const text = random.pick(said.seen);

  after(12, 110, change({ verb: "acknowledge", body: {} }));
  if (random.chance(0.5)) after(4, 20, (tx) => addReply(tx, engineer, ticketId, { text }));
  if (isVisit) {
    after(20, 90, change({ verb: "depart", body: {} }));
    after(60, 200, change({ verb: "arrive", body: {} }));
  }
  const kind = isVisit ? "on_site" : "remote";
  after(60, 240, (tx) => logWork(tx, engineer, ticketId, { minutes, kind }));
  const resolution = random.pick(symptom.resolutions);
  after(5, 40, change({ verb: "resolve", body: { resolution, cause: symptom.cause } }));
  if (random.chance(0.45)) {
    const overall = random.weighted([
      [5, 6],
      [4, 3],
      [3, 1],
    ]);
    const comment = random.chance(0.4) ? random.pick(overall > 3 ? said.praise : said.fair) : null;
    after(30, 200, (tx) =>
      giveRating(tx, reporter, ticketId, { overall, technical: overall, attitude: Math.min(5, overall + 1), comment }),
    );
  }
  return { steps };
}

/** Brings something that was forgotten to an end. */
export function planLeftOver(
  left: { ticketId: string; state: string; at: number; engineer: Actor },
  random: Random,
): Errand {
  const { ticketId, state, engineer } = left;
  const step = (change: Parameters<typeof changeTicketState>[3]) => (tx: Tx) =>
    changeTicketState(tx, engineer, ticketId, change);
  const acts = [
    ...(state === "paused" ? [step({ verb: "resume", body: {} })] : []),
    ...(state === "new" || state === "assigned" ? [step({ verb: "acknowledge", body: {} })] : []),
    step({ verb: "resolve", body: { resolution: "Found working when checked; nothing further needed." } }),
  ];
  let at = left.at;
  return {
    steps: acts.map((act) => {
      at += random.whole(20 * second, 90 * second);
      return { at, act };
    }),
  };
}
