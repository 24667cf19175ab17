import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goodPassword, type IdentityWorld, startIdentityWorld } from "../../../test/identity-world.ts";

const signUp = {
  providerName: "Công ty Đèn Điện",
  locale: "vi",
  timeZone: "Asia/Ho_Chi_Minh",
  currency: "VND",
  ownerName: "Nguyễn An",
  ownerEmail: "An@Example.com",
  password: goodPassword,
};

describe("the first set-up and sign-up of providers", () => {
  let world: IdentityWorld;
  before(async () => {
    world = await startIdentityWorld();
  });
  after(() => world.end());

  it("lets exactly one of several first set-ups through", async () => {
    const [one, two, three] = [world.browser(), world.browser(), world.browser()];
    assert.deepEqual((await one.get("/api/v1/setup")).body, { needed: true, passkeys: true });
    const tries = await Promise.all(
      [one, two, three].map((browser, index) =>
        browser.post("/api/v1/setup", { ...signUp, providerName: "First of all", ownerEmail: `${index}@example.com` }),
      ),
    );
    assert.deepEqual(tries.map((answer) => answer.status).sort(), [201, 409, 409]);
    assert.deepEqual(
      tries.filter((answer) => answer.status === 409).map((answer) => answer.body.code),
      ["already_set_up", "already_set_up"],
    );
    assert.equal((await one.get("/api/v1/setup")).body.needed, false);
    assert.equal(
      (await one.post("/api/v1/setup", { ...signUp, ownerEmail: "late@example.com" })).body.code,
      "already_set_up",
    );
  });

  it("signs the owner in at once, with every right but to rate", async () => {
    const owner = world.browser();
    const made = await owner.post("/api/v1/providers", signUp);
    assert.equal(made.status, 201);
    const { tenant, roles, kind, name, permissions, memberships } = made.body;
    assert.deepEqual(
      { ...tenant, id: "" },
      {
        id: "",
        name: signUp.providerName,
        slug: "cong-ty-den-dien",
        locale: "vi",
        timeZone: "Asia/Ho_Chi_Minh",
        currency: "VND",
      },
    );
    assert.deepEqual([kind, name, roles], ["staff", "Nguyễn An", ["owner"]]);
    assert.ok(permissions.includes("provider.write") && !permissions.includes("ticket.rate"));
    assert.deepEqual(memberships, [{ tenantId: tenant.id, kind: "staff", name: signUp.providerName, current: true }]);
    assert.deepEqual((await owner.get("/api/v1/me")).body, made.body);
    assert.equal((await world.browser().signIn("an@example.com")).status, 200);
  });

  it("keeps the cookie from scripts and other sites", async () => {
    const made = await world.browser().post("/api/v1/providers", { ...signUp, ownerEmail: "cookie@example.com" });
    const cookie = made.cookies.find(({ name }) => name === "mainstay.session");
    assert.equal(cookie?.httpOnly, true);
    assert.equal(cookie?.sameSite, "Lax");
    assert.equal(cookie?.secure, undefined);
    const secure = await startIdentityWorld({ MAINSTAY_PUBLIC_URL: "https://desk.example.com" });
    try {
      const behindTls = await secure.browser().post("/api/v1/setup", signUp);
      const secured = behindTls.cookies.find(({ name }) => name === "__Host-mainstay.session");
      assert.equal(secured?.secure, true);
    } finally {
      await secure.end();
    }
  });

  it("gives one of two sign-ups with the same address the login, and the other nothing", async () => {
    const body = { ...signUp, ownerEmail: "twice@example.com" };
    const tries = await Promise.all([
      world.browser().post("/api/v1/providers", body),
      world.browser().post("/api/v1/providers", body),
    ]);
    assert.deepEqual(tries.map((answer) => answer.status).sort(), [201, 409]);
    const signedIn = await world.browser().signIn("twice@example.com");
    assert.equal(signedIn.body.memberships.length, 1);
  });

  it("lets a signed-in owner open a second provider and work in either", async () => {
    const { owner, tenantId, email } = await world.provider("two@example.com", "First");
    const second = await owner.post("/api/v1/providers", { ...signUp, providerName: "Second", ownerEmail: email });
    assert.equal(second.status, 201);
    assert.equal(second.body.tenant.name, "Second");
    const back = await owner.post("/api/v1/session/choose", { tenantId });
    assert.equal(back.body.tenant.name, "First");
    assert.equal((await owner.get("/api/v1/me")).body.tenant.name, "First");
    assert.equal((await world.browser().signIn(email)).body.tenant.name, "First");
    const foreign = await world.provider("foreign@example.com");
    assert.equal((await owner.post("/api/v1/session/choose", { tenantId: foreign.tenantId })).status, 404);
  });

  it("names what is wrong with a sign-up", async () => {
    const answers = await Promise.all(
      [
        { ...signUp, password: "short" },
        { ...signUp, password: "Password2024!" },
        { ...signUp, password: "nguyenan1234", ownerEmail: "nguyenan@example.com" },
        { ...signUp, timeZone: "Asia/Nowhere" },
        { ...signUp, currency: "dong" },
        { ...signUp, more: 1 },
      ].map((body) => world.browser().post("/api/v1/providers", body)),
    );
    assert.deepEqual(
      answers.map(({ body }) => body.code),
      [
        "invalid_request",
        "password_too_common",
        "password_too_common",
        "time_zone_unknown",
        "invalid_request",
        "invalid_request",
      ],
    );
  });
});
