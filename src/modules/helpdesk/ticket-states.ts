import { Refusal } from "../../platform/refusal.ts";
import { type TicketListItem, ticketStates, type Verb } from "./api.ts";

export type State = TicketListItem["state"];

export const openStates: readonly State[] = ["new", "assigned", "acknowledged", "on_the_way", "on_site", "paused"];
const working: readonly State[] = ["assigned", "acknowledged", "on_the_way", "on_site"];

/** From which states a verb is possible, and where it leads; `same` keeps the state, `before_pause` goes back to it. */
export const transitions: Readonly<Record<Verb, { from: readonly State[]; to: State | "same" | "before_pause" }>> = {
  assign: { from: openStates, to: "assigned" },
  acknowledge: { from: ["new", "assigned"], to: "acknowledged" },
  depart: { from: ["acknowledged"], to: "on_the_way" },
  arrive: { from: ["acknowledged", "on_the_way"], to: "on_site" },
  restore: { from: ["acknowledged", "on_the_way", "on_site"], to: "same" },
  pause: { from: working, to: "paused" },
  resume: { from: ["paused"], to: "before_pause" },
  resolve: { from: ["acknowledged", "on_the_way", "on_site"], to: "resolved" },
  reopen: { from: ["resolved", "closed"], to: "assigned" },
  close: { from: ["resolved"], to: "closed" },
  cancel: { from: openStates, to: "cancelled" },
};

export function isOpen(state: State): boolean {
  return openStates.includes(state);
}

/** Refuses a step that the state does not allow, and names the states that do. */
export function refuseWrongState(verb: string, state: State, possibleFrom: readonly State[]): void {
  if (possibleFrom.includes(state)) return;
  const names = ticketStates.filter((each) => possibleFrom.includes(each));
  throw new Refusal(
    "conflict",
    "wrong_state",
    `A ticket that is ${state} cannot be changed by "${verb}"; that is possible from ${names.join(", ")}.`,
    { state, possibleFrom: names },
  );
}
