import type { Directory } from "./directory.ts";
import { type DemoVisitor, draftHistory } from "./draft-tickets.ts";
import { liveOut } from "./live-out.ts";
import { begin } from "./open-draft.ts";
import type { Random } from "./random.ts";
import { stageTickets } from "./staged-tickets.ts";
import type { TicketLife } from "./ticket-life.ts";
import { type Calendars, numberPrefix } from "./ticket-rules.ts";

export interface History {
  lives: TicketLife[];
  visitors: DemoVisitor[];
  /** By prefix, the next number that is free. */
  nextNumbers: ReadonlyMap<string, number>;
}

const firstNumber = 1001;

/** Ninety days of tickets, lived through up to `now` (epoch milliseconds), and those that are staged for today. */
export function makeHistory(directory: Directory, now: number, random: Random): History {
  const calendars: Calendars = new Map(
    [...directory.calendars.values()].map(({ id, hours }) => [id, { present: hours, earlier: [] }]),
  );
  const { drafts, visitors } = draftHistory(directory, now, random.fork("history"));
  const played = [
    ...drafts.map((draft) => ({ draft, play: undefined })),
    ...stageTickets(directory, now, random.fork("stage")),
  ].sort((a, b) => a.draft.at - b.draft.at);
  const nextNumbers = new Map<string, number>();
  const lives = played.map(({ draft, play }) => {
    const prefix = numberPrefix(draft.kind);
    const number = nextNumbers.get(prefix) ?? firstNumber;
    nextNumbers.set(prefix, number + 1);
    const { life, scene } = begin(directory, draft, `${prefix}-${number}`, calendars, random);
    if (play) play(life, scene);
    else liveOut(life, scene, now);
    return life;
  });
  return { lives, visitors, nextNumbers };
}
