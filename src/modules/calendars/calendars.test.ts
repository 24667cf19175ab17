import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { eventOf } from "../../../test/module-events.ts";
import { type Caller, type Provider, startWorld, type World } from "../../../test/module-world.ts";
import { addBusinessTime } from "../../engines/business-time/index.ts";
import { setClock } from "../../platform/clock.ts";
import { calendarRoutes, calendarsReactions, preparedCalendar } from "./index.ts";

const shopWeek = {
  mon: [
    ["09:00", "12:30"],
    ["13:30", "18:00"],
  ],
  fri: [["22:00", "06:00"]],
};

describe("calendars", () => {
  let world: World;
  let provider: Provider;
  let owner: Caller;

  before(async () => {
    setClock("2026-11-22T12:00:00Z");
    world = await startWorld(calendarRoutes);
    provider = await world.provider();
    owner = await provider.staff("owner");
  });
  after(() => world.end());

  it("keeps split days, night shifts and special days as they were written", async () => {
    const days = [{ day: "2026-12-24", name: "Christmas Eve", intervals: [["09:00", "12:00"]] }];
    const made = await owner.post("/api/v1/calendars", {
      name: " Shop ",
      timeZone: "Europe/Berlin",
      weekly: { ...shopWeek, sun: [["00:00", "24:00"]] },
      country: "DE",
      region: "BY",
      recurringHolidays: ["12-31"],
      days,
    });
    assert.equal(made.status, 201);
    assert.equal(made.headers.etag, '"1"');
    const { body } = await owner.get(`/api/v1/calendars/${made.body.id}`);
    assert.deepEqual(body, made.body);
    assert.equal(body.name, "Shop");
    assert.deepEqual(body.days, days);
    assert.deepEqual(body.weekly.fri, [["22:00", "06:00"]]);
  });

  it("replaces whole members, keeps the others, and refuses a change of an older version", async () => {
    const { body: first } = await owner.post("/api/v1/calendars", {
      name: "Old",
      timeZone: "Asia/Shanghai",
      weekly: shopWeek,
      country: "CN",
      days: [{ day: "2026-10-08", name: "Party", intervals: [] }],
    });
    const url = `/api/v1/calendars/${first.id}`;
    const { status, body, headers } = await owner.patch(
      url,
      { weekly: { tue: [["08:00", "09:00"]] } },
      { "if-match": '"1"' },
    );
    assert.equal(status, 200);
    assert.equal(headers.etag, '"2"');
    assert.deepEqual(body.weekly, { tue: [["08:00", "09:00"]] });
    assert.deepEqual(body.days, first.days);
    assert.equal(body.country, "CN");
    assert.equal((await owner.patch(url, { name: "New" }, { "if-match": '"1"' })).status, 412);
    const emptied = await owner.patch(url, { days: [] });
    assert.deepEqual([emptied.body.days, emptied.body.version], [[], 3]);
  });

  it("refuses nonsense and names its place", async () => {
    const good = { name: "X", timeZone: "Europe/Berlin", weekly: shopWeek };
    const cases: [object, number, string][] = [
      [{ weekly: { mon: [["09:00", "09:00"]] } }, 422, "body/weekly/mon/0"],
      [{ weekly: { mon: [["09:00", "25:00"]] } }, 422, "body/weekly/mon/0/1"],
      [{ weekly: { mon: [] } }, 422, "body/weekly"],
      [{ timeZone: "Mars/Olympus" }, 422, "body/timeZone"],
      [{ country: "XX" }, 422, "body/country"],
      [{ country: "DE", region: "ZZ" }, 422, "body/region"],
      [{ region: "BY" }, 422, "body/region"],
      [{ recurringHolidays: ["02-31"] }, 422, "body/recurringHolidays/0"],
      [{ days: [{ day: "2026-12-24", name: "a", intervals: [["xx", "12:00"]] }] }, 422, "body/days/0/intervals/0/0"],
      [
        {
          days: [
            { day: "2026-12-24", name: "a", intervals: [] },
            { day: "2026-12-24", name: "b", intervals: [] },
          ],
        },
        422,
        "body/days/1/day",
      ],
      [{ days: [{ day: "2026-02-30", name: "a", intervals: [] }] }, 400, "body/days/0/day"],
      [{ surprise: 1 }, 400, "body"],
    ];
    for (const [change, status, at] of cases) {
      const answer = await owner.post("/api/v1/calendars", { ...good, ...change });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.equal(answer.body.errors[0].at, at, JSON.stringify(answer.body));
    }
    const everyDay = Array.from({ length: 366 }, (_, index) =>
      Temporal.PlainDate.from("2028-01-01").add({ days: index }).toString().slice(5),
    );
    const never = await owner.post("/api/v1/calendars", { ...good, recurringHolidays: everyDay });
    assert.equal(never.body.errors[0].at, "body/recurringHolidays");
  });

  it("shows for each day its hours and why", async () => {
    const { body } = await owner.post("/api/v1/calendars", {
      name: "Shanghai shop",
      timeZone: "Asia/Shanghai",
      weekly: { mon: [["10:00", "22:00"]], thu: [["10:00", "22:00"]], fri: [["10:00", "22:00"]] },
      country: "CN",
      recurringHolidays: ["10-05"],
      days: [
        { day: "2026-10-02", name: "open through the holiday", intervals: [["12:00", "20:00"]] },
        { day: "2026-10-10", name: "调休", intervals: [["10:00", "22:00"]] },
      ],
    });
    const { body: preview } = await owner.get(`/api/v1/calendars/${body.id}/preview?from=2026-10-01&to=2026-10-10`);
    const shown = preview.items.map((item: { day: string; reason: string; intervals: unknown[]; name: string }) => [
      item.day.slice(8),
      item.reason,
      item.intervals.length,
      item.name,
    ]);
    assert.deepEqual(shown, [
      ["01", "public_holiday", 0, "National Day"],
      ["02", "special_day", 1, "open through the holiday"],
      ["03", "public_holiday", 0, "National Day"],
      ["04", "week", 0, null],
      ["05", "recurring_holiday", 0, null],
      ["06", "week", 0, null],
      ["07", "week", 0, null],
      ["08", "week", 1, null],
      ["09", "week", 1, null],
      ["10", "special_day", 1, "调休"],
    ]);
    const far = await owner.get(`/api/v1/calendars/${body.id}/preview?from=2026-01-01&to=2028-01-01`);
    assert.equal(far.body.code, "bad_period");
    assert.equal((await owner.get(`/api/v1/calendars/${body.id}/preview?from=2026-02-01&to=2026-01-01`)).status, 422);
  });

  it("tells what a country's feed holds, and that half holidays and observances close nothing", async () => {
    const { body } = await owner.get("/api/v1/holidays?country=CN&year=2026");
    const named = (name: string) => body.items.find((item: { name: string }) => item.name.includes(name));
    assert.equal(named("National Day").closes, true);
    assert.deepEqual([named("Women").kind, named("Women").closes], ["public", false]);
    const { body: turkey } = await owner.get("/api/v1/holidays?country=TR&year=2026");
    const bayram = turkey.items.find((item: { name: string }) => item.name.includes("Eid al-Fitr"));
    assert.deepEqual([bayram.day, bayram.closes], ["2026-03-20", true], "from the morning after the eve");
    assert.equal((await owner.get("/api/v1/holidays?country=ZZ&year=2026")).status, 422);
    const { body: places } = await owner.get("/api/v1/holiday-countries");
    const germany = places.items.find((item: { code: string }) => item.code === "DE");
    assert.ok(germany.regions.some((region: { code: string }) => region.code === "BY"));
  });

  it("counts by public holidays years ahead, and by the newest version of the calendar", async () => {
    const { body } = await owner.post("/api/v1/calendars", {
      name: "Bavaria",
      timeZone: "Europe/Berlin",
      weekly: { wed: [["09:00", "10:00"]] },
      country: "DE",
      region: "BY",
    });
    const due = (start: string) =>
      world.db.asTenant(provider.tenantId, async (tx) => {
        const calendar = await preparedCalendar(tx, body.id);
        const at = addBusinessTime(calendar, Date.parse(start), 3_600_000);
        return at === undefined ? undefined : new Date(at).toISOString();
      });
    // All Saints' Day 2034 is a Wednesday, a public holiday in Bavaria.
    assert.equal(await due("2034-11-01T00:00:00Z"), "2034-11-08T09:00:00.000Z");
    await owner.patch(`/api/v1/calendars/${body.id}`, { country: null });
    assert.equal(await due("2034-11-01T00:00:00Z"), "2034-11-01T09:00:00.000Z");
  });

  it("lists by name, in pages, without the archived", async () => {
    const alone = await world.provider();
    const chief = await alone.staff("owner");
    for (const name of ["b", "A", "c", "Gone"]) {
      const { body } = await chief.post("/api/v1/calendars", { name, timeZone: "UTC", weekly: shopWeek });
      if (name === "Gone") await chief.patch(`/api/v1/calendars/${body.id}`, { archived: true });
    }
    const names = async (query: string) => {
      const { body } = await chief.get(`/api/v1/calendars?${query}`);
      return [body.items.map((item: { name: string }) => item.name), body.next];
    };
    const [page, next] = await names("limit=2");
    assert.deepEqual(page, ["A", "b"]);
    assert.deepEqual(await names(`limit=2&after=${next}`), [["c"], null]);
    assert.deepEqual(await names("archived=true"), [["Gone"], null]);
    assert.deepEqual(await names("q=B"), [["b"], null]);
    assert.equal((await chief.get("/api/v1/calendars?after=nonsense")).body.code, "cursor");
    assert.equal((await chief.get("/api/v1/calendars?colour=red")).status, 400);
  });

  it("is closed to other providers and to customers", async () => {
    const { body } = await owner.post("/api/v1/calendars", { name: "Mine", timeZone: "UTC", weekly: shopWeek });
    const url = `/api/v1/calendars/${body.id}`;
    const foreign = await (await world.provider()).staff("owner");
    const engineer = await provider.staff("engineer");
    const person = provider.person(engineer.actor.id, "contact", "user");
    for (const other of [foreign, person]) {
      for (const answer of [
        await other.get(url),
        await other.patch(url, { name: "Yours" }),
        await other.get(`${url}/preview?from=2026-01-01&to=2026-01-02`),
      ]) {
        assert.equal(answer.status, 404);
        assert.doesNotMatch(JSON.stringify(answer.body), /Mine/);
      }
    }
    assert.equal((await engineer.patch(url, { name: "Ours" })).status, 403);
    assert.equal((await engineer.get(url)).status, 200);
    assert.equal((await world.stranger.get(url)).status, 401);
    assert.equal((await engineer.get("/api/v1/calendars/not-an-id")).status, 400);
    assert.equal((await engineer.patch("/api/v1/calendars/not-an-id", { name: "x" })).status, 404);
  });

  it("gives a new provider office hours of its country and a calendar that never closes, once", async () => {
    const fresh = await world.provider({ locale: "zh-Hans", timeZone: "Asia/Shanghai" });
    const react = calendarsReactions["identity.provider_created"];
    for (let round = 0; round < 2; round++) {
      await world.db.asTenant(fresh.tenantId, async (tx) =>
        react?.(tx, eventOf("identity.provider_created", fresh.tenantId)),
      );
    }
    const { body } = await (await fresh.staff("owner")).get("/api/v1/calendars");
    const shown = body.items.map((item: { name: string; country: string | null }) => [item.name, item.country]);
    assert.deepEqual(shown.sort(), [
      ["全天候", null],
      ["工作时间", "CN"],
    ]);
  });
});
