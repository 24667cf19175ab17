import { instantText } from "../platform/clock.ts";
import type {
  HistoricCall,
  HistoricChain,
  HistoricEntry,
  HistoricEvent,
  HistoricRating,
  HistoricTicket,
  HistoricWork,
  Who,
} from "./history-rows.ts";
import type { Random } from "./random.ts";

/** What is written down about one ticket: its journal, its news, the calls about it. */
export class TicketRecord {
  readonly row: HistoricTicket;
  readonly journal: HistoricEntry[] = [];
  readonly events: HistoricEvent[] = [];
  readonly work: HistoricWork[] = [];
  readonly calls: HistoricCall[] = [];
  readonly ratings: HistoricRating[] = [];
  chain: HistoricChain;
  readonly #random: Random;

  constructor(row: HistoricTicket, random: Random) {
    this.row = row;
    this.#random = random;
    this.chain = this.ring(Date.parse(row.openedAt));
  }

  /** Rings whoever is responsible, as each assignment does. */
  ring(at: number): HistoricChain {
    const { id: ticketId, assigneeId } = this.row;
    const chainId = this.#random.idAt(at);
    if (assigneeId) {
      const id = this.#random.idAt(at);
      const created = { state: "sent", createdAt: instantText(at), acknowledgedAt: null, version: 1 } as const;
      this.calls.push({ id, ticketId, staffId: assigneeId, reason: "assigned", chainId, round: 0, ...created });
    }
    const untouched = { turn: 0, step: 0, rungAt: null, endedAt: null, unansweredSince: null };
    this.chain = { ticketId, id: chainId, assigneeId, beganAt: instantText(at), ...untouched };
    return this.chain;
  }

  /** Nobody needs to be rung any more. */
  endCalls(at: number, takenBy: string | null): void {
    const text = instantText(at);
    for (const call of this.calls) {
      if (call.state !== "sent") continue;
      const isTaker = call.staffId === takenBy;
      call.state = isTaker ? "acknowledged" : "superseded";
      call.acknowledgedAt = isTaker ? text : null;
      call.version++;
    }
    if (this.chain.endedAt === null) Object.assign(this.chain, { turn: 1, rungAt: this.chain.beganAt, endedAt: text });
  }

  write(
    at: number,
    by: Who,
    kind: string,
    entry: { text?: string | null; internal?: boolean; data?: object } = {},
    id = this.#random.idAt(at),
  ): void {
    this.journal.push({
      id,
      ticketId: this.row.id,
      at: instantText(at),
      kind,
      internal: entry.internal ?? false,
      actorKind: by.kind,
      actorId: by.id,
      text: entry.text ?? null,
      data: { ...entry.data },
    });
  }

  /** @param isPublic whether the customer hears of it, too */
  tell(at: number, by: Who, type: string, data: Record<string, unknown>, isPublic = true): string {
    const { row } = this;
    const people = [row.requesterId, row.visitorId, row.openedByKind === "person" ? row.openedById : null];
    const id = this.#random.idAt(at);
    this.events.push({
      id,
      type,
      subjectKind: "ticket",
      subjectId: row.id,
      subjectVersion: row.version,
      data,
      actorKind: by.kind,
      actorId: by.id,
      customerId: isPublic ? row.customerId : null,
      siteId: isPublic ? row.siteId : null,
      audience: isPublic ? [...new Set(people.filter((each) => each !== null))] : [],
      recordedAt: instantText(at),
      deliveredAt: instantText(at + 4),
    });
    return id;
  }

  /** A rating is news of its own; the journal notes it under the id of that news. */
  tellRating(at: number, by: Who, ratingId: string, data: Record<string, unknown> & { overall: number }): void {
    const id = this.tell(at, by, "quality.rating_given", data);
    const event = this.events.at(-1);
    if (event) Object.assign(event, { subjectKind: "rating", subjectId: ratingId, subjectVersion: 1 });
    this.write(at, by, "rated", { data: { overall: data.overall } }, id);
  }

  logWork(at: number, staffId: string, kind: HistoricWork["kind"], minutes: number, note: string | null): void {
    const id = this.#random.idAt(at);
    this.work.push({ id, ticketId: this.row.id, staffId, minutes, kind, note, workedAt: instantText(at) });
  }
}
