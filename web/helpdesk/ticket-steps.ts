import type { TicketListItem, Verb } from "../../src/modules/helpdesk/api.ts";

export type State = TicketListItem["state"];

/** What is offered from which state, the likeliest first. Only an offer: whether a step is possible, the server decides. */
const offers: Readonly<Record<State, readonly Verb[]>> = {
  new: ["acknowledge", "assign", "cancel"],
  assigned: ["acknowledge", "assign", "pause", "cancel"],
  acknowledged: ["resolve", "depart", "arrive", "restore", "pause", "assign", "cancel"],
  on_the_way: ["arrive", "resolve", "restore", "pause", "assign", "cancel"],
  on_site: ["resolve", "restore", "pause", "assign", "cancel"],
  paused: ["resume", "assign", "cancel"],
  resolved: ["close", "reopen"],
  closed: ["reopen"],
  cancelled: [],
};

const rights: Readonly<Record<Verb, string>> = {
  assign: "ticket.assign",
  acknowledge: "ticket.work",
  depart: "ticket.work",
  arrive: "ticket.work",
  restore: "ticket.work",
  pause: "ticket.work",
  resume: "ticket.work",
  resolve: "ticket.work",
  reopen: "ticket.reopen",
  close: "ticket.close",
  cancel: "ticket.cancel",
};

/** Where a step leads, to show it before the server has answered. */
export const leadsTo: Readonly<Partial<Record<Verb, State>>> = {
  assign: "assigned",
  acknowledge: "acknowledged",
  depart: "on_the_way",
  arrive: "on_site",
  pause: "paused",
  resolve: "resolved",
  reopen: "assigned",
  close: "closed",
  cancel: "cancelled",
};

/** Steps that need words; the others are one tap. */
export const needsWords: ReadonlySet<Verb> = new Set(["pause", "resolve", "reopen", "cancel"]);

export function offeredSteps(ticket: Pick<TicketListItem, "state">, permissions: readonly string[]): Verb[] {
  return offers[ticket.state].filter((verb) => permissions.includes(rights[verb]));
}

export function isOpen(state: State): boolean {
  return state !== "resolved" && state !== "closed" && state !== "cancelled";
}
