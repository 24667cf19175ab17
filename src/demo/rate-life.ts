import { instantText } from "../platform/clock.ts";
import type { Who } from "./history-rows.ts";
import type { Phrases } from "./phrases.ts";
import type { Random } from "./random.ts";
import type { TicketLife } from "./ticket-life.ts";

type Scores = { overall: number; technical: number | null; attitude: number | null; crisisAwareness: number | null };

/** Says how it was: those who waited too long, or had to ask twice, are harder to please. */
export function rateLife(
  life: TicketLife,
  at: number,
  rater: Who,
  contact: Who,
  phrases: Phrases,
  random: Random,
): void {
  const { row, record } = life;
  if (rater.kind !== "person" && rater.kind !== "visitor") return;
  const isLate = life.clocks.some((clock) => clock.breachedAt !== null);
  const scores = drawScores(isLate, row.reopenedTimes > 0, row.priority, random);
  const id = random.idAt(at);
  const raterKind = rater.kind === "visitor" ? "visitor" : rater.id === contact.id ? "contact" : "user";
  const said = scores.overall >= 4 ? phrases.praise : scores.overall === 3 ? phrases.fair : phrases.blame;
  const comment = random.chance(scores.overall <= 3 ? 0.75 : 0.4) ? random.pick(said) : null;
  const { id: ticketId, customerId, siteId, assigneeId: engineerId } = row;
  record.ratings.push({
    id,
    ticketId,
    customerId,
    siteId,
    engineerId,
    raterKind,
    personId: rater.kind === "person" ? rater.id : null,
    visitorId: rater.kind === "visitor" ? rater.id : null,
    ...scores,
    comment,
    ratedAt: instantText(at),
  });
  const data = { ticketId, ...scores, raterKind, engineerId, replaced: null };
  record.tellRating(at, rater, id, data);
}

function drawScores(isLate: boolean, cameBack: boolean, priority: string, random: Random): Scores {
  const overall = random.weighted(
    isLate || cameBack
      ? [
          [5, 8],
          [4, 25],
          [3, 35],
          [2, 21],
          [1, 11],
        ]
      : [
          [5, 60],
          [4, 30],
          [3, 7],
          [2, 2],
          [1, 1],
        ],
  );
  const near = (lean: number) => Math.min(5, Math.max(1, Math.round(overall + lean + random.between(-0.9, 0.9))));
  if (random.chance(0.3)) return { overall, technical: null, attitude: null, crisisAwareness: null };
  const isUrgent = priority === "p1" || priority === "p2";
  return {
    overall,
    technical: near(cameBack ? -0.8 : 0.2),
    attitude: near(0.3),
    crisisAwareness: isUrgent || random.chance(0.5) ? near(isLate ? -0.9 : -0.1) : null,
  };
}
