import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { type Browser, goodPassword, type IdentityWorld, startIdentityWorld } from "../../../test/identity-world.ts";
import { SoftwareAuthenticator } from "../../../test/software-authenticator.ts";

/** RFC 6238 with the parameters that authenticator apps assume: SHA-1, 30 s, 6 digits. */
function totp(secret: string, at = Date.now()): string {
  const bits = [...secret.replace(/=+$/, "")].map((c) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"),
  );
  const key = Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A code that is none of those that would be taken now. */
function wrongCode(secret: string, nth: number): string {
  const right = [-2, -1, 0, 1, 2].map((step) => totp(secret, Date.now() + step * 30_000));
  return (
    Array.from({ length: 50 }, (_, index) => String(100_000 + index)).filter((code) => !right.includes(code))[nth] ?? ""
  );
}

describe("an authenticator app", () => {
  let world: IdentityWorld;
  before(async () => {
    world = await startIdentityWorld();
  });
  after(() => world.end());

  async function enrol(email: string) {
    const { owner } = await world.provider(email);
    const begun = await owner.post("/api/v1/totp", { password: goodPassword });
    assert.equal(begun.status, 200, JSON.stringify(begun.body));
    const secret = String(begun.body.secret);
    const confirmed = await owner.post("/api/v1/totp/confirm", { code: totp(secret) });
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
    return { owner, secret, uri: String(begun.body.uri), recoveryCodes: confirmed.body.recoveryCodes as string[] };
  }

  it("is asked for once its first code has come back", async () => {
    const email = "app@example.com";
    const { owner } = await world.provider(email);
    const before = owner.cookies.get("mainstay.session");
    assert.equal((await owner.post("/api/v1/totp", { password: "not mine at all" })).status, 401);
    const begun = (await owner.post("/api/v1/totp", { password: goodPassword })).body;
    assert.match(begun.uri, /^otpauth:\/\/totp\/Mainstay:app%40example\.com\?/);
    assert.equal((await world.browser().signIn(email)).status, 200, "not before");
    const wrong = await owner.post("/api/v1/totp/confirm", { code: wrongCode(begun.secret, 0) });
    assert.deepEqual([wrong.status, wrong.body.code], [422, "wrong_code"]);
    const confirmed = await owner.post("/api/v1/totp/confirm", { code: totp(begun.secret) });
    assert.equal(confirmed.body.recoveryCodes.length, 10);
    assert.notEqual(owner.cookies.get("mainstay.session"), before, "the session is another");
    const old = world.browser();
    old.cookies.set("mainstay.session", before ?? "");
    assert.equal((await old.get("/api/v1/me")).status, 401);
    assert.equal((await owner.get("/api/v1/me")).body.twoFactorEnabled, true);
    const stranger = world.browser();
    const asked = await stranger.signIn(email);
    assert.deepEqual([asked.status, asked.body.code, stranger.cookies.size], [401, "code_required", 0]);
  });

  it("lets in with its code, each code once", async () => {
    const { secret } = await enrol("once@example.com");
    const code = totp(secret, Date.now() + 30_000);
    const tries = await Promise.all(
      [world.browser(), world.browser()].map((each) => each.signIn("once@example.com", goodPassword, code)),
    );
    assert.equal(tries.filter(({ status }) => status === 200).length, 1);
    assert.equal((await world.browser().signIn("once@example.com", goodPassword, code)).status === 200, false);
    assert.equal(
      (await world.browser().signIn("once@example.com", "wrong wrong wrong", totp(secret))).body.code,
      "wrong_credentials",
    );
  });

  it("keeps who knows the password from guessing codes, and lets the owner in by a recovery code", async () => {
    const { secret, recoveryCodes, owner } = await enrol("codes@example.com");
    const tell = [];
    for (let guess = 0; guess < 12; guess++) {
      tell.push((await world.browser().signIn("codes@example.com", goodPassword, wrongCode(secret, guess))).status);
    }
    assert.deepEqual(tell, [...Array(10).fill(401), 429, 429]);
    const [first = "", second = ""] = recoveryCodes;
    assert.equal((await world.browser().signIn("codes@example.com", goodPassword, first)).status, 200);
    assert.equal(
      (await world.browser().signIn("codes@example.com", goodPassword, first)).body.code,
      "wrong_code",
      "each once",
    );
    await owner.delete("/api/v1/session");
    const known = await owner.signIn("codes@example.com", goodPassword, totp(secret, Date.now() - 30_000));
    assert.equal(known.status, 200, "a known device is not held up by guesses elsewhere");
    const renewed = await owner.post("/api/v1/totp/recovery-codes", { password: goodPassword });
    assert.equal(renewed.body.recoveryCodes.length, 10);
    assert.equal(
      (await world.browser().signIn("codes@example.com", goodPassword, second)).status,
      401,
      "the old have ended",
    );
  });

  it("is taken out by who knows the password", async () => {
    const { owner } = await enrol("without@example.com");
    assert.equal((await owner.delete("/api/v1/totp", { password: "wrong wrong wrong" })).status, 401);
    assert.equal((await owner.delete("/api/v1/totp", { password: goodPassword })).status, 204);
    assert.equal((await owner.get("/api/v1/me")).body.twoFactorEnabled, false);
    assert.equal((await world.browser().signIn("without@example.com")).status, 200);
    assert.equal((await owner.delete("/api/v1/totp", { password: goodPassword })).body.code, "totp_off");
  });

  it("leaves nothing readable in the database", async () => {
    const { secret, recoveryCodes } = await enrol("sealed@example.com");
    const { rows } = await world.db.pool.query("select secret || backup_codes as stored from auth.two_factor");
    const stored = JSON.stringify(rows);
    for (const plain of [secret, ...recoveryCodes]) assert.ok(!stored.includes(plain));
  });
});

describe("a passkey", () => {
  let world: IdentityWorld;
  before(async () => {
    world = await startIdentityWorld({ MAINSTAY_PUBLIC_URL: "https://desk.example.com" });
  });
  after(() => world.end());

  const device = (verifiesUser = true, origin = "https://desk.example.com") =>
    new SoftwareAuthenticator({ origin, rpId: "desk.example.com", verifiesUser });

  async function add(owner: Browser, authenticator: SoftwareAuthenticator, name = "Laptop") {
    const options = await owner.post("/api/v1/passkeys/options");
    assert.equal(options.status, 200, JSON.stringify(options.body));
    return owner.post("/api/v1/passkeys", { name, credential: authenticator.create(options.body.challenge) });
  }

  async function signIn(browser: Browser, authenticator: SoftwareAuthenticator) {
    const options = await browser.post("/api/v1/session/passkey-options");
    return browser.post("/api/v1/session/passkey", { credential: authenticator.get(options.body.challenge) });
  }

  it("is made by who is signed in, and signs in without a password or a name", async () => {
    const { owner, ownerId } = await world.provider("pass@example.com");
    const laptop = device();
    const added = await add(owner, laptop);
    assert.deepEqual([added.status, added.body.name], [201, "Laptop"], JSON.stringify(added.body));
    assert.deepEqual((await owner.get("/api/v1/passkeys")).body.items, [added.body]);
    const elsewhere = world.browser();
    const signedIn = await signIn(elsewhere, laptop);
    assert.deepEqual(
      [signedIn.status, signedIn.body.id, signedIn.body.passkeys],
      [200, ownerId, 1],
      JSON.stringify(signedIn.body),
    );
    assert.equal((await elsewhere.get("/api/v1/me")).body.id, ownerId);
    assert.equal((await owner.delete(`/api/v1/passkeys/${added.body.id}`)).status, 204);
    const refused = await signIn(world.browser(), laptop);
    assert.deepEqual([refused.status, refused.body.code], [401, "passkey_unknown"]);
  });

  it("asks the browser for a device that checks who holds it, and takes no other", async () => {
    const { owner } = await world.provider("verified@example.com");
    const asked = await owner.post("/api/v1/passkeys/options");
    assert.deepEqual(
      [asked.body.authenticatorSelection.userVerification, asked.body.rp.id],
      ["required", "desk.example.com"],
    );
    assert.equal((await world.browser().post("/api/v1/session/passkey-options")).body.userVerification, "required");
    assert.equal((await add(owner, device(false))).status, 401);
    assert.deepEqual((await owner.get("/api/v1/passkeys")).body.items, []);
  });

  it("is good for this address and this challenge only, and once", async () => {
    const { owner } = await world.provider("bound@example.com");
    assert.equal((await add(owner, device(true, "https://desk.example.net"))).status, 401);
    const laptop = device();
    assert.equal((await add(owner, laptop)).status, 201);
    const browser = world.browser();
    const options = await browser.post("/api/v1/session/passkey-options");
    const credential = laptop.get(options.body.challenge);
    const other = world.browser();
    await other.post("/api/v1/session/passkey-options");
    assert.equal(
      (await other.post("/api/v1/session/passkey", { credential })).status,
      401,
      "another browser's challenge",
    );
    assert.equal((await browser.post("/api/v1/session/passkey", { credential })).status, 200);
    assert.equal((await browser.post("/api/v1/session/passkey", { credential })).status, 401, "replayed");
    const garbage = { credential: { id: "x", response: { a: 1 } } };
    await browser.post("/api/v1/session/passkey-options");
    assert.equal((await browser.post("/api/v1/session/passkey", garbage)).status, 401);
    await owner.post("/api/v1/passkeys/options");
    assert.equal((await owner.post("/api/v1/passkeys", { name: "x", ...garbage })).status, 401);
  });

  it("is its owner's alone", async () => {
    const { owner } = await world.provider("mine@example.com");
    const { owner: foreign } = await world.provider("theirs@example.com");
    const { id } = (await add(owner, device())).body;
    assert.equal((await foreign.delete(`/api/v1/passkeys/${id}`)).status, 404);
    assert.equal((await foreign.get("/api/v1/passkeys")).body.items.length, 0);
    assert.equal((await owner.get("/api/v1/passkeys")).body.items.length, 1);
  });
});
