import { instantText } from "../platform/clock.ts";
import { type HistoricTicket, type HistoricWork, theSystem, type Who } from "./history-rows.ts";
import type { Random } from "./random.ts";
import { type Engineer, type Opening, openedRow } from "./ticket-opening.ts";
import { TicketRecord } from "./ticket-record.ts";
import {
  type Calendars,
  type ClockRow,
  end,
  meet,
  nextDue,
  type PauseRow,
  runOn,
  type State,
  startClocks,
  type Target,
  targets,
  transitions,
  withBreach,
  withDue,
} from "./ticket-rules.ts";

type Verb = keyof typeof transitions;

/**
 * A ticket that lives in the past: the same steps as in `helpdesk`, with the same clocks, at times that are given. Steps
 * must come in the order of time. A promise that breaks in between is noted when it breaks, as the sweep does it.
 */
export class TicketLife {
  readonly record: TicketRecord;
  clocks: ClockRow[];
  pauses: PauseRow[] = [];
  readonly #opening: Opening;
  readonly #calendars: Calendars;
  readonly #random: Random;

  constructor(opening: Opening, calendars: Calendars, random: Random) {
    this.#opening = opening;
    this.#calendars = calendars;
    this.#random = random;
    const { at, openedBy, assignee } = opening;
    this.clocks = startClocks(opening.minutes, opening.calendarId, calendars, instantText(at));
    this.record = new TicketRecord(openedRow(opening, random.idAt(at)), random);
    const { channel, priority, state, kind, assigneeId, deviceId } = this.row;
    this.record.write(at, openedBy, "opened", { data: { channel, priority, state } });
    if (assignee) {
      const data = { assigneeId: assignee.id, assigneeName: assignee.name, by: "routing" };
      this.record.write(at, theSystem, "assigned", { data });
    }
    this.record.tell(at, openedBy, "helpdesk.ticket_opened", {
      ticketKind: kind,
      priority,
      channel,
      assigneeId,
      deviceId,
    });
    this.#dueNext();
  }

  get row(): HistoricTicket {
    return this.record.row;
  }

  get state(): State {
    return this.row.state;
  }

  assign(at: number, by: Who, assignee: Engineer): void {
    const from = this.#begin(at, "assign");
    this.record.endCalls(at, null);
    Object.assign(this.row, { assigneeId: assignee.id, assignedAt: instantText(at) });
    this.record.ring(at);
    this.#finish(at, by, "assigned", from, { data: { assigneeId: assignee.id, assigneeName: assignee.name } });
  }

  acknowledge(at: number, engineer: Engineer): void {
    const from = this.#begin(at, "acknowledge");
    const by = staffed(engineer);
    this.record.endCalls(at, engineer.id);
    const text = instantText(at);
    this.row.assigneeId ??= engineer.id;
    this.row.assignedAt ??= text;
    this.row.acknowledgedAt ??= text;
    this.#meet(["response"], text);
    const data = { assigneeId: engineer.id, assigneeName: engineer.name };
    this.#finish(at, by, "acknowledged", from, { data });
  }

  depart(at: number, engineer: Engineer): void {
    const from = this.#begin(at, "depart");
    this.row.departedAt = instantText(at);
    this.#finish(at, staffed(engineer), "departed", from);
  }

  arrive(at: number, engineer: Engineer): void {
    const from = this.#begin(at, "arrive");
    this.row.arrivedAt = instantText(at);
    this.#finish(at, staffed(engineer), "arrived", from);
  }

  restore(at: number, engineer: Engineer, note: string): void {
    const from = this.#begin(at, "restore");
    this.row.restoredAt ??= instantText(at);
    this.#meet(["restore"], instantText(at));
    this.#finish(at, staffed(engineer), "restored", from, { text: note });
  }

  pause(at: number, engineer: Engineer, reason: string, until: number | null): void {
    const from = this.#begin(at, "pause");
    const stopsClocks = this.#opening.pausingReasons.includes(reason);
    const fromAt = instantText(at);
    const untilText = until === null ? null : instantText(until);
    const id = this.#random.idAt(at);
    this.pauses.push({ id, reason, targets: stopsClocks ? [...targets] : [], fromAt, toAt: null });
    Object.assign(this.row, { pausedFrom: from, pauseReason: reason, pausedUntil: untilText });
    if (stopsClocks) this.#recount();
    const data = { reason, until: untilText, stopsClocks };
    this.#finish(at, staffed(engineer), "paused", from, { data });
  }

  resume(at: number, by: Who): void {
    const from = this.#begin(at, "resume");
    this.#endPause(at);
    this.#recount();
    this.#finish(at, by, "resumed", from);
  }

  resolve(at: number, engineer: Engineer, resolution: string, cause: string | null): void {
    const from = this.#begin(at, "resolve");
    this.record.endCalls(at, engineer.id);
    const text = instantText(at);
    const closesAt = instantText(at + this.#opening.closeAfterDays * 86_400_000);
    Object.assign(this.row, { restoredAt: this.row.restoredAt ?? text, resolvedAt: text, closesAt, resolution, cause });
    this.#meet(["restore", "resolve"], text);
    this.#finish(at, staffed(engineer), "resolved", from, { text: resolution, data: { cause } });
  }

  reopen(at: number, by: Who, reason: string): void {
    const from = this.#begin(at, "reopen");
    const id = this.#random.idAt(at);
    const fromAt = this.row.resolvedAt ?? instantText(at);
    this.pauses.push({ id, reason: "resolved", targets: ["resolve"], fromAt, toAt: instantText(at) });
    const { assigneeId } = this.row;
    const assignedAt = assigneeId ? instantText(at) : null;
    this.row.state = assigneeId ? "assigned" : "new";
    Object.assign(this.row, { assignedAt, resolvedAt: null, closesAt: null, closedAt: null });
    this.row.reopenedTimes++;
    this.record.ring(at);
    this.clocks = this.clocks.map((clock) => runOn(clock, this.#calendars, this.pauses));
    this.#finish(at, by, "reopened", from, { text: reason });
  }

  close(at: number, by: Who): void {
    const from = this.#begin(at, "close");
    this.row.closedAt = instantText(at);
    this.#finish(at, by, "closed", from);
  }

  cancel(at: number, by: Who, reason: string): void {
    const from = this.#begin(at, "cancel");
    this.record.endCalls(at, null);
    const text = instantText(at);
    this.row.cancelledAt = text;
    this.clocks = this.clocks.map((clock) => end(clock, text));
    this.#finish(at, by, "cancelled", from, { text: reason });
  }

  reply(at: number, by: Who, text: string): void {
    this.#step(at);
    if (by.kind === "staff") this.#meet(["response"], instantText(at));
    this.record.write(at, by, "reply", { text });
    this.#dueNext();
    this.record.tell(at, by, "helpdesk.reply_added", {});
  }

  note(at: number, engineer: Engineer, text: string): void {
    this.#step(at);
    const by = staffed(engineer);
    this.record.write(at, by, "note", { text, internal: true });
    this.record.tell(at, by, "helpdesk.note_added", {}, false);
  }

  logWork(at: number, engineer: Engineer, kind: HistoricWork["kind"], minutes: number, note: string | null): void {
    this.#step(at);
    const by = staffed(engineer);
    this.record.logWork(at, engineer.id, kind, minutes, note);
    this.record.write(at, by, "work", { text: note, internal: true, data: { minutes, kind } });
    this.record.tell(at, by, "helpdesk.work_logged", { minutes, kind }, false);
  }

  /** Notes what has become overdue until then: the last thing that is known of a ticket. */
  settle(at: number): void {
    this.#breakPromises(at);
  }

  /** Whatever happens next happens at `at`: before it, promises may have broken. */
  #step(at: number): void {
    this.#breakPromises(at);
    this.row.version++;
    this.row.updatedAt = instantText(at);
  }

  #begin(at: number, verb: Verb): State {
    const { state: from, number } = this.row;
    if (!transitions[verb].from.includes(from)) throw new Error(`${number} is ${from}: it cannot ${verb}`);
    this.#step(at);
    const { to } = transitions[verb];
    if (to === "before_pause") this.row.state = beforePause(this.row.pausedFrom);
    else if (to !== "same") this.row.state = to;
    return from;
  }

  #finish(at: number, by: Who, kind: string, from: State, entry: { text?: string; data?: object } = {}): void {
    this.#dueNext();
    const { state: to, assigneeId } = this.row;
    this.record.write(at, by, kind, { ...entry, data: { ...entry.data, from, to } });
    this.record.tell(at, by, `helpdesk.ticket_${kind}`, { from, to, assigneeId });
  }

  #breakPromises(until: number): void {
    for (;;) {
      const due = this.clocks.flatMap(({ state, dueAt }) => (state === "running" && dueAt ? [Date.parse(dueAt)] : []));
      // The sweep looks every five seconds.
      const at = Math.min(...due) + this.#random.whole(40, 4900);
      if (!(at < until)) return;
      const text = instantText(at);
      const judged = this.clocks.map((clock) => withBreach(clock, text));
      const late = judged.filter((clock, index) => clock !== this.clocks[index]);
      this.clocks = judged;
      this.row.version++;
      this.row.updatedAt = text;
      for (const { target, dueAt } of late) {
        this.record.write(at, theSystem, "clock_breached", { internal: true, data: { target, dueAt } });
      }
      const data = { targets: late.map(({ target }) => target), priority: this.row.priority };
      this.record.tell(at, theSystem, "helpdesk.clock_breached", data);
    }
  }

  #meet(which: readonly Target[], text: string): void {
    this.clocks = this.clocks.map((clock) => (which.includes(clock.target) ? meet(clock, text) : clock));
  }

  #recount(): void {
    this.clocks = this.clocks.map((clock) => withDue(clock, this.#calendars, this.pauses));
  }

  #endPause(at: number): void {
    this.pauses = this.pauses.map((pause) => (pause.toAt === null ? { ...pause, toAt: instantText(at) } : pause));
    Object.assign(this.row, { pausedFrom: null, pauseReason: null, pausedUntil: null });
  }

  #dueNext(): void {
    const isOver = ["resolved", "closed", "cancelled"].includes(this.row.state);
    const due = isOver ? undefined : nextDue(this.clocks);
    Object.assign(this.row, { nextDueAt: due?.dueAt ?? null, nextDueTarget: due?.target ?? null });
  }
}

function staffed(engineer: Engineer): Who {
  return { kind: "staff", id: engineer.id };
}

function beforePause(state: string | null): State {
  return transitions.pause.from.find((each) => each === state) ?? "assigned";
}
