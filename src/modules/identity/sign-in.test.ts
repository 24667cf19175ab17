import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Browser, goodPassword, type IdentityWorld, startIdentityWorld } from "../../../test/identity-world.ts";
import { setClock } from "../../platform/clock.ts";

/** Nobody waits for the note of when a session was used last; a test must. */
async function seenOn(browser: Browser, instant: string): Promise<void> {
  const day = instant.slice(0, 10);
  for (let look = 0; look < 500; look++) {
    const { items } = (await browser.get("/api/v1/sessions")).body;
    if (items[0].lastSeenAt.startsWith(day)) return;
    await new Promise((resume) => setTimeout(resume, 10));
  }
  assert.fail(`the use on ${day} was not noted`);
}

describe("signing in by password", () => {
  let world: IdentityWorld;
  before(async () => {
    world = await startIdentityWorld();
  });
  after(() => world.end());

  it("tells a wrong password and an unknown address apart for nobody", async () => {
    await world.provider("known@example.com");
    const wrong = await world.browser().signIn("known@example.com", "wrong wrong wrong");
    const unknown = await world.browser().signIn("unknown@example.com", "wrong wrong wrong");
    assert.equal(wrong.status, 401);
    const told = ({ requestId: _, ...rest }: Record<string, unknown>) => rest;
    assert.deepEqual(told(wrong.body), told(unknown.body));
    assert.equal(wrong.cookies.length, 0);
  });

  it("opens a session of its own, whatever the browser brought along", async () => {
    const { email, owner } = await world.provider("fixation@example.com");
    const browser = world.browser();
    const planted = owner.cookies.get("mainstay.session") ?? "";
    browser.cookies.set("mainstay.session", "attackers-choice.c2lnbmF0dXJl");
    assert.equal((await browser.get("/api/v1/me")).status, 401);
    assert.equal((await browser.signIn(email)).status, 200);
    const first = browser.cookies.get("mainstay.session");
    assert.ok(first && !first.startsWith("attackers-choice") && first !== planted);
    assert.equal((await browser.signIn(email)).status, 200);
    const second = browser.cookies.get("mainstay.session");
    assert.notEqual(second, first);
    const stolen = world.browser();
    stolen.cookies.set("mainstay.session", first);
    assert.equal((await stolen.get("/api/v1/me")).status, 401, "the session before the new sign-in has ended");
    assert.equal((await owner.get("/api/v1/me")).status, 200, "other devices stay signed in");
  });

  it("takes no cookie whose signature is not ours", async () => {
    const { owner } = await world.provider("signature@example.com");
    const cookie = decodeURIComponent(owner.cookies.get("mainstay.session") ?? "");
    const [token = "", signature = ""] = cookie.split(".");
    for (const forged of [token, `${token}.`, `${token}.${signature.replace(/^./, (c) => (c === "A" ? "B" : "A"))}`]) {
      const thief = world.browser();
      thief.cookies.set("mainstay.session", encodeURIComponent(forged));
      assert.equal((await thief.get("/api/v1/me")).status, 401);
    }
  });

  it("refuses writes that come from another site", async () => {
    const { owner } = await world.provider("csrf@example.com");
    for (const origin of ["https://evil.example", "null"]) {
      const crossed = await owner.patch("/api/v1/me", { name: "Mallory" }, { origin });
      assert.deepEqual([crossed.status, crossed.body.code], [403, "cross_site"]);
      const signIn = await owner.post(
        "/api/v1/session",
        { email: "csrf@example.com", password: goodPassword },
        { origin },
      );
      assert.equal(signIn.body.code, "cross_site");
    }
    assert.equal((await owner.get("/api/v1/me")).body.name, "Ada Owner");
  });

  it("stops a guess from one address, and leaves the owner's device alone", async () => {
    const { email, owner } = await world.provider("guessed@example.com");
    const guesser = world.browser("203.0.113.7");
    const answers = [];
    for (let guess = 0; guess < 10; guess++) answers.push(await guesser.signIn(email, `wrong guess number ${guess}`));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [...Array(8).fill(401), 429, 429],
    );
    assert.equal(answers.at(-1)?.body.code, "sign_in_throttled");
    assert.ok(answers.at(-1)?.body.retryAfterSeconds > 0);
    assert.equal((await guesser.signIn(email)).status, 429, "even with the right password");
    assert.equal((await owner.delete("/api/v1/session")).status, 204);
    assert.equal((await owner.signIn(email)).status, 200, "a known device signs in");
    assert.equal((await world.browser().signIn(email)).status, 200, "and so does another address");
  });

  it("stops a guess that is spread over many addresses, and lets the owner in all the same", async () => {
    const { email, owner } = await world.provider("spread@example.com");
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => world.browser(`198.51.100.${index}`).signIn(email, `wrong ${index}`)),
    );
    const heard = answers.filter(({ status }) => status === 401).length;
    assert.equal(heard, 30, "thirty guesses in an hour, however many addresses and however much at once");
    assert.equal((await world.browser().signIn(email)).body.code, "sign_in_throttled", "a device never seen waits");
    await owner.delete("/api/v1/session");
    assert.equal((await owner.signIn(email)).status, 200, "the owner's own device does not");
    assert.equal((await owner.signIn(email, "mistyped this once")).status, 401);
    assert.equal((await owner.signIn(email)).status, 200);
    setClock("2199-01-01T00:00:00Z");
    try {
      assert.equal((await world.browser().signIn(email)).status === 429, false, "and the wait ends");
    } finally {
      setClock(undefined);
    }
  });

  it("does not count rightful sign-ins", async () => {
    const { email } = await world.provider("often@example.com");
    for (let time = 0; time < 12; time++) assert.equal((await world.browser("192.0.2.9").signIn(email)).status, 200);
  });

  it("takes the /64 of an IPv6 guesser for one address", async () => {
    const { email } = await world.provider("six@example.com");
    for (let guess = 0; guess < 8; guess++) {
      assert.equal((await world.browser(`2001:db8:1:2::${guess + 1}`).signIn(email, "wrong wrong wrong")).status, 401);
    }
    assert.equal((await world.browser("2001:db8:1:2:ffff::1").signIn(email)).status, 429);
    assert.equal((await world.browser("2001:db8:1:3::1").signIn(email)).status, 200);
  });

  it("ends a session that nobody used for two weeks, and any after ninety days", async () => {
    const { owner, email } = await world.provider("idle@example.com");
    const idle = world.browser();
    await idle.signIn(email);
    const begun = Temporal.Now.instant();
    const setDay = (days: number) => setClock(begun.add({ hours: days * 24 }).toString());
    try {
      for (const days of [13, 15, 26, 39, 52, 65, 78, 89]) {
        setDay(days);
        assert.equal((await owner.get("/api/v1/me")).status, 200, `used on day ${days}`);
        await seenOn(owner, begun.add({ hours: days * 24 }).toString());
        if (days === 15) assert.equal((await idle.get("/api/v1/me")).status, 401, "fifteen days without use");
      }
      setDay(91);
      assert.equal((await owner.get("/api/v1/me")).status, 401, "used all the time, and old");
    } finally {
      setClock(undefined);
    }
  });

  it("lists the devices, and signs them out one by one or all but this", async () => {
    const { email, owner } = await world.provider("devices@example.com");
    const [phone, tablet, laptop] = [world.browser("192.0.2.1"), world.browser(), world.browser()];
    for (const browser of [phone, tablet, laptop]) await browser.signIn(email);
    const { items } = (await owner.get("/api/v1/sessions")).body;
    assert.equal(items.length, 4);
    assert.deepEqual(items.filter((item: { current: boolean }) => item.current).length, 1);
    const theirs = items.find((item: { address: string }) => item.address === "192.0.2.1");
    assert.equal(theirs.userAgent, "test browser");
    assert.equal((await phone.get("/api/v1/me")).status, 200);
    assert.equal((await owner.delete(`/api/v1/sessions/${theirs.id}`)).status, 204);
    assert.equal((await phone.get("/api/v1/me")).status, 401);
    assert.equal((await owner.delete(`/api/v1/sessions/${theirs.id}`)).status, 404);
    const stranger = await world.provider("stranger@example.com");
    const foreign = items.find((item: { current: boolean }) => item.current);
    assert.equal((await stranger.owner.delete(`/api/v1/sessions/${foreign.id}`)).status, 404);
    assert.equal((await owner.delete("/api/v1/sessions")).status, 204);
    assert.deepEqual([(await tablet.get("/api/v1/me")).status, (await owner.get("/api/v1/me")).status], [401, 200]);
    assert.equal((await owner.delete("/api/v1/session")).status, 204);
    assert.equal((await owner.get("/api/v1/me")).status, 401);
  });

  it("changes the password only for who knows it, and ends the other sessions", async () => {
    const { email, owner } = await world.provider("change@example.com");
    const other = world.browser();
    await other.signIn(email);
    const next = "another lamp at sea 9";
    assert.equal(
      (await owner.post("/api/v1/password", { current: "not it at all", next })).body.code,
      "wrong_credentials",
    );
    const weak = await owner.post("/api/v1/password", { current: goodPassword, next: "changechange" });
    assert.equal(weak.body.code, "password_too_common");
    assert.equal((await owner.post("/api/v1/password", { current: goodPassword, next })).status, 204);
    assert.deepEqual([(await owner.get("/api/v1/me")).status, (await other.get("/api/v1/me")).status], [200, 401]);
    assert.equal((await other.signIn(email)).status, 401);
    assert.equal((await other.signIn(email, next)).status, 200);
    for (let guess = 0; guess < 10; guess++) await owner.post("/api/v1/password", { current: "no no no no", next });
    const throttled = await owner.post("/api/v1/password", { current: next, next: goodPassword });
    assert.equal(throttled.body.code, "sign_in_throttled", "nor may a thief of the session guess on");
    assert.equal((await other.post("/api/v1/password", { current: next, next: goodPassword })).status, 204);
  });
});
