import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { isTicketVisible } from "../helpdesk/index.ts";
import type { GiveRating, Rating } from "./api.ts";
import { findRateable, insertRating, lockOwnRating, type Rateable, updateRating } from "./ratings.sql.ts";

const changeableHours = 14 * 24;
const scores = ["overall", "technical", "attitude", "crisisAwareness"] as const;

/**
 * Says how the service on a solved ticket was. Who says it again soon, or after the ticket was solved anew, replaces the
 * earlier answer; its figures stay in the event log.
 */
export async function giveRating(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  given: GiveRating,
): Promise<{ rating: Rating; isFirst: boolean }> {
  const [isVisible, ticket, own] = await Promise.all([
    isTicketVisible(tx, actor, ticketId),
    findRateable(tx, actor, ticketId),
    lockOwnRating(tx, actor, ticketId),
  ]);
  if (!isVisible || !ticket) throw new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");
  refuseOthers(actor, ticket);
  refuseUnsolved(ticket);
  const at = nowText();
  const { engineerId } = ticket;
  const answer = {
    overall: given.overall,
    technical: given.technical ?? null,
    attitude: given.attitude ?? null,
    crisisAwareness: given.crisisAwareness ?? null,
    comment: given.comment?.trim() || null,
    raterKind: raterKindOf(actor, ticket),
    engineerId,
    ratedAt: at,
  };
  if (!own) {
    const rating: Rating = { id: uuidv7(), ticketId, ...answer, createdAt: at, version: 1 };
    if (await insertRating(tx, rating, actor, ticket)) {
      tell(tx, actor, ticket, rating);
      return { rating, isFirst: true };
    }
  }
  const earlier = own ?? (await lockOwnRating(tx, actor, ticketId));
  if (!earlier) throw new Error(`rating of ${ticketId} neither inserted nor found`);
  if (isSame(earlier, answer)) return { rating: earlier, isFirst: false };
  refuseLateChange(earlier, ticket, at);
  const rating: Rating = { ...earlier, ...answer, version: earlier.version + 1 };
  updateRating(tx, rating);
  tell(tx, actor, ticket, rating, earlier);
  return { rating, isFirst: false };
}

function refuseOthers(actor: Actor, ticket: Rateable): void {
  const isServed = actor.kind === "person" || actor.kind === "visitor";
  if (!isServed || ticket.isStaffToo) {
    throw new Refusal("forbidden", "staff_cannot_rate", "The provider's staff do not rate their own service.");
  }
  if (!ticket.isRequester && !ticket.isContact) {
    throw new Refusal(
      "forbidden",
      "not_concerned",
      "Only who asked for it or a contact of the customer rates a ticket.",
    );
  }
}

function refuseUnsolved({ state }: Rateable): void {
  if (state === "resolved" || state === "closed") return;
  throw new Refusal(
    "conflict",
    "wrong_state",
    `A ticket that is ${state} cannot be rated; that is possible from resolved, closed.`,
    { state, possibleFrom: ["resolved", "closed"] },
  );
}

/** A rating of work that has been done anew since is no longer the last word, however old it is. */
function refuseLateChange(earlier: Rating, ticket: Rateable, at: string): void {
  if (ticket.resolvedAt !== null && ticket.resolvedAt > earlier.ratedAt) return;
  const until = Temporal.Instant.from(earlier.createdAt).add({ hours: changeableHours });
  if (Temporal.Instant.compare(at, until) <= 0) return;
  throw new Refusal("conflict", "rating_final", "A rating can be changed for 14 days; after that it stands.");
}

function raterKindOf(actor: Actor, ticket: Rateable): Rating["raterKind"] {
  if (actor.kind === "visitor") return "visitor";
  return ticket.isContact ? "contact" : "user";
}

function isSame(earlier: Rating, answer: Omit<Rating, "id" | "ticketId" | "createdAt" | "version">): boolean {
  return ([...scores, "comment", "engineerId"] as const).every((key) => earlier[key] === answer[key]);
}

function tell(tx: Tx, actor: Actor, ticket: Rateable, rating: Rating, replaced?: Rating): void {
  const { id, ticketId, version, raterKind, engineerId } = rating;
  record(
    tx,
    actor,
    "quality.rating_given",
    { kind: "rating", id, version },
    { ticketId, ...figuresOf(rating), raterKind, engineerId, replaced: replaced ? figuresOf(replaced) : null },
    {
      customerId: ticket.confidential ? null : ticket.customerId,
      siteId: ticket.confidential ? null : ticket.siteId,
      people: [...new Set([...ticket.people, actor.id])],
    },
  );
}

function figuresOf(rating: Rating): Record<string, number | null> {
  return Object.fromEntries(scores.map((score) => [score, rating[score]]));
}
