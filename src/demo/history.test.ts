import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { consumedTime } from "../engines/business-time/index.ts";
import { of } from "./directory.ts";
import { makeDirectory } from "./make-directory.ts";
import { makeHistory } from "./make-history.ts";
import { seededRandom } from "./random.ts";
import type { TicketLife } from "./ticket-life.ts";

/** A Tuesday afternoon, a Sunday night, the morning of a Chinese New Year. */
const moments = ["2026-11-24T07:30:00Z", "2026-08-02T18:00:00Z", "2027-02-06T01:00:00Z"];

for (const moment of moments) {
  describe(`ninety days before ${moment}`, () => {
    const now = Date.parse(moment);
    const random = seededRandom("history test");
    const directory = makeDirectory("01900000-0000-7000-8000-000000000001", now, random.fork("directory"));
    const { lives } = makeHistory(directory, now, random.fork("history"));
    const each = (check: (life: TicketLife) => void) => {
      for (const life of lives) {
        try {
          check(life);
        } catch (error) {
          throw new Error(`${life.row.number} (${life.row.state}): ${(error as Error).message}`, { cause: error });
        }
      }
    };

    test("has no two numbers alike, and numbers, ids and opening times in one order", () => {
      assert.ok(lives.length > 900, `${lives.length} tickets`);
      assert.equal(new Set(lives.map(({ row }) => row.number)).size, lives.length);
      for (const [index, { row }] of lives.entries()) {
        const before = lives[index - 1]?.row;
        assert.ok(!before || (before.id < row.id && before.openedAt <= row.openedAt), row.number);
        assert.equal(Number.parseInt(row.id.replace("-", "").slice(0, 12), 16), Date.parse(row.openedAt));
      }
    });

    test("every journal tells one possible story, in order, up to the present state", () => {
      each(({ row, record: { journal } }) => {
        const ids = journal.map(({ id }) => id);
        assert.deepEqual(ids, ids.toSorted());
        const times = journal.map(({ at }) => at);
        assert.deepEqual(times, times.toSorted());
        assert.equal(journal[0]?.kind, "opened");
        assert.ok((times.at(-1) ?? "") <= new Date(now).toISOString(), "nothing happens in the future");
        let state = journal[0]?.data.state;
        for (const { kind, data } of journal) {
          if (data.from === undefined) continue;
          assert.equal(data.from, state, `${kind} from ${data.from} while ${state}`);
          state = data.to;
        }
        assert.equal(state, row.state);
      });
    });

    test("every event has the next version of its ticket, and was delivered", () => {
      each(({ row, record: { events } }) => {
        const versions = events
          .filter(({ subjectKind }) => subjectKind === "ticket")
          .map((event) => event.subjectVersion);
        assert.deepEqual(
          versions,
          versions.map((_, index) => index + 1),
        );
        assert.equal(versions.length, row.version);
        for (const event of events) assert.ok(event.deliveredAt >= event.recordedAt);
      });
    });

    test("times and states agree", () => {
      each(({ row, pauses }) => {
        const is = (...states: string[]) => states.includes(row.state);
        assert.equal(row.closedAt !== null, is("closed"));
        assert.equal(row.cancelledAt !== null, is("cancelled"));
        assert.equal(row.resolvedAt !== null, is("resolved", "closed"));
        assert.equal(row.closesAt !== null, is("resolved", "closed"));
        if (is("resolved"))
          assert.ok(Date.parse(row.closesAt ?? "") > now - 300_000, "would have been closed long ago");
        if (is("resolved", "closed")) assert.ok(row.resolution && row.assigneeId && row.acknowledgedAt);
        if (is("assigned")) assert.ok(row.assigneeId && row.assignedAt);
        if (is("new")) assert.equal(row.assigneeId, null);
        assert.equal(pauses.filter(({ toAt }) => toAt === null).length, is("paused") ? 1 : 0);
        assert.equal(row.pauseReason !== null, is("paused"));
        const order = [row.openedAt, row.departedAt, row.arrivedAt].filter((at) => at !== null);
        assert.deepEqual(order, order.toSorted());
        for (const { fromAt, toAt } of pauses) assert.ok(fromAt >= row.openedAt && (toAt === null || toAt > fromAt));
      });
    });

    test("every clock is right: what it counted before its promise was met, against what was promised", () => {
      each(({ row, clocks, pauses, record: { journal } }) => {
        const { hours } = of(
          directory.calendars,
          directory.sites.find(({ id }) => id === row.siteId)?.calendar ?? "office",
        );
        const breaches = journal.filter(({ kind }) => kind === "clock_breached");
        assert.equal(clocks.length, 3);
        for (const clock of clocks) {
          const stopped = pauses
            .filter(({ targets }) => targets.includes(clock.target))
            .map(({ fromAt, toAt }) => [Date.parse(fromAt), toAt === null ? null : Date.parse(toAt)] as const);
          const segments = [{ from: Date.parse(row.openedAt), calendar: hours }];
          const until = clock.metAt
            ? Date.parse(clock.metAt)
            : clock.state === "ended"
              ? Date.parse(row.cancelledAt ?? "")
              : now;
          const spent = consumedTime(segments, until, stopped);
          const isLate = spent > clock.targetMinutes * 60_000;
          assert.equal(clock.breachedAt !== null, isLate, `${clock.target}: ${spent} of ${clock.targetMinutes} min`);
          assert.equal(clock.state === "breached", isLate);
          const noted = breaches.filter(({ data }) => data.target === clock.target).length;
          const since = clock.breachedAt ? until - Date.parse(clock.breachedAt) : 0;
          if (isLate && since > 5000) assert.equal(noted, 1, "the sweep has noted it");
          assert.ok(noted <= 1);
        }
        const [response, restore, resolve] = clocks;
        const staffReply = journal.find(({ kind, actorKind }) => kind === "reply" && actorKind === "staff")?.at;
        if (row.acknowledgedAt) assert.ok(response?.metAt === row.acknowledgedAt || response?.metAt === staffReply);
        assert.equal(restore?.metAt ?? null, row.restoredAt);
        if (row.resolvedAt && row.reopenedTimes === 0) assert.equal(resolve?.metAt, row.resolvedAt);
        const due =
          clocks
            .filter(({ dueAt, metAt }) => dueAt && !metAt)
            .map(({ dueAt }) => dueAt ?? "")
            .sort()[0] ?? null;
        const isOver = ["resolved", "closed", "cancelled"].includes(row.state);
        assert.equal(row.nextDueAt, isOver ? null : due);
      });
    });

    test("calls end when someone takes the ticket, and only those who were served rate it", () => {
      each(({ row, record: { calls, chain, ratings, work } }) => {
        const isWaiting = row.state === "new" || row.state === "assigned";
        assert.equal(chain.endedAt === null, isWaiting);
        for (const call of calls) assert.equal(call.acknowledgedAt !== null, call.state === "acknowledged");
        if (!isWaiting) assert.ok(calls.every(({ state }) => state !== "sent"));
        for (const rating of ratings) assert.ok((rating.personId === null) !== (rating.visitorId === null));
        for (const { minutes } of work) assert.ok(minutes > 0);
      });
    });

    test("is the same when it is made again", () => {
      const again = seededRandom("history test");
      const same = makeDirectory("01900000-0000-7000-8000-000000000001", now, again.fork("directory"));
      const { lives: lived } = makeHistory(same, now, again.fork("history"));
      assert.deepEqual(
        lived.map(({ row }) => row),
        lives.map(({ row }) => row),
      );
    });
  });
}
