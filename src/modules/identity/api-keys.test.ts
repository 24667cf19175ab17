import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type IdentityWorld, startIdentityWorld } from "../../../test/identity-world.ts";
import { setClock } from "../../platform/clock.ts";
import { sql } from "../../platform/sql.ts";
import { createApiKey, createProvider, createStaff, setPersonRoles } from "./index.ts";

type Provider = Awaited<ReturnType<IdentityWorld["provider"]>>;

describe("API keys", () => {
  let world: IdentityWorld;
  let provider: Provider;
  before(async () => {
    world = await startIdentityWorld();
    provider = await world.provider("owner@example.com");
  });
  after(() => world.end());

  async function make(scopes: string[] = ["*"], by = provider.owner) {
    const made = await by.post("/api/v1/api-keys", { name: "a script", scopes });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return { id: String(made.body.id), key: String(made.body.key), caller: world.withKey(made.body.key) };
  }

  it("act as their owner and are shown once", async () => {
    const { key, caller, id } = await make();
    assert.match(key, /^msk_[\w-]{43}$/);
    const me = (await caller.get("/api/v1/me")).body;
    assert.deepEqual([me.id, me.via, me.roles], [provider.ownerId, "api_key", ["owner"]]);
    const { items } = (await caller.get("/api/v1/api-keys")).body;
    assert.ok(!JSON.stringify(items).includes(key));
    assert.ok(items.some((item: { id: string; prefix: string }) => item.id === id && key.startsWith(item.prefix)));
  });

  it("have the rights of their scopes only, and hand on no more", async () => {
    const { caller } = await make(["staff.read"]);
    assert.deepEqual((await caller.get("/api/v1/me")).body.permissions, ["staff.read"]);
    assert.equal((await caller.get("/api/v1/members")).status, 200);
    const refused = await caller.post("/api/v1/members", { name: "X", email: "x@example.com", roles: ["engineer"] });
    assert.deepEqual([refused.status, refused.body.code], [403, "right_missing"]);
    for (const scopes of [["*"], ["staff.read", "staff.write"]]) {
      const wider = await caller.post("/api/v1/api-keys", { name: "wider", scopes });
      assert.deepEqual([wider.status, wider.body.code], [403, "above_own_rights"]);
    }
    assert.equal((await caller.post("/api/v1/api-keys", { name: "same", scopes: ["staff.read"] })).status, 201);
  });

  it("work without cookies, from anywhere, and not on what concerns a login", async () => {
    const { caller } = await make();
    const patched = await caller.patch(
      "/api/v1/me",
      { title: undefined, locale: "en" },
      { origin: "https://elsewhere.example" },
    );
    assert.equal(patched.status, 200);
    for (const answer of [await caller.get("/api/v1/sessions"), await caller.post("/api/v1/totp", { password: "x" })]) {
      assert.deepEqual([answer.status, answer.body.code], [403, "session_needed"]);
    }
  });

  it("end the moment they are revoked", async () => {
    const { caller, id } = await make();
    assert.equal((await caller.get("/api/v1/me")).status, 200);
    assert.equal((await provider.owner.delete(`/api/v1/api-keys/${id}`)).status, 204);
    const refused = await caller.get("/api/v1/me");
    assert.deepEqual([refused.status, refused.body.code], [401, "key_unknown"]);
    assert.equal((await provider.owner.delete(`/api/v1/api-keys/${id}`)).status, 404);
  });

  it("end within five seconds when another process revokes them", async () => {
    const { caller, id } = await make();
    const begun = Temporal.Now.instant();
    try {
      setClock(begun.toString());
      assert.equal((await caller.get("/api/v1/me")).status, 200);
      // Another process writes to the database, and tells nobody.
      await world.db.asGlobal((tx) =>
        tx.run(sql`update identity.api_key set revoked_at = ${begun.toString()} where id = ${id}`),
      );
      setClock(begun.add({ seconds: 5 }).toString());
      assert.equal((await caller.get("/api/v1/me")).status, 401);
    } finally {
      setClock(undefined);
    }
  });

  it("end when their time is over", async () => {
    const soon = Temporal.Now.instant().add({ hours: 1 });
    const made = await provider.owner.post("/api/v1/api-keys", {
      name: "short",
      scopes: ["*"],
      expiresAt: soon.toString(),
    });
    const caller = world.withKey(made.body.key);
    assert.equal((await caller.get("/api/v1/me")).status, 200);
    try {
      setClock(soon.add({ seconds: 1 }).toString());
      assert.equal((await caller.get("/api/v1/me")).status, 401);
      const late = await provider.owner.post("/api/v1/api-keys", {
        name: "late",
        scopes: ["*"],
        expiresAt: soon.toString(),
      });
      assert.equal(late.body.code, "expires_in_past");
    } finally {
      setClock(undefined);
    }
  });

  it("end when their owner is deactivated, and do not come back", async () => {
    const { key, ownerId } = await world.db.asTenant(provider.tenantId, async (tx) => {
      const actor = {
        kind: "staff",
        id: provider.ownerId,
        tenantId: tx.tenantId,
        permissions: new Set<string>(),
        roles: [],
        locale: "en",
        via: "system",
      } as const;
      const member = await createStaff(tx, actor, {
        name: "Key Holder",
        email: "holder@example.com",
        roles: ["engineer"],
      });
      return createApiKey(tx, actor, { ownerId: member.id, name: "phone", scopes: ["*"] });
    });
    const caller = world.withKey(key);
    assert.deepEqual((await caller.get("/api/v1/me")).body.roles, ["engineer"]);
    await provider.owner.patch(`/api/v1/members/${ownerId}`, { active: false });
    assert.equal((await caller.get("/api/v1/me")).status, 401);
    await provider.owner.patch(`/api/v1/members/${ownerId}`, { active: true });
    assert.equal((await caller.get("/api/v1/me")).status, 401);
  });

  it("of a person at a customer follow what the person is there", async () => {
    const id = "0192f000-0000-7000-8000-000000000001";
    const person = { id, name: "Linh", email: "linh@shop.example", locale: "vi", active: true } as const;
    const made = await createProvider(world.db, {
      providerName: "Person House",
      locale: "en",
      timeZone: "Asia/Shanghai",
      currency: "CNY",
      ownerName: "O",
      ownerEmail: "o@example.com",
    });
    const { key } = await world.db.asTenant(made.tenant.id, async (tx) => {
      await setPersonRoles(tx, person, ["contact", "user"]);
      return createApiKey(tx, made.actor, { ownerId: id, name: "portal", scopes: ["*"] });
    });
    const caller = world.withKey(key);
    const me = (await caller.get("/api/v1/me")).body;
    assert.deepEqual([me.kind, me.name, me.locale, me.roles], ["person", "Linh", "vi", ["contact", "user"]]);
    assert.ok(me.permissions.includes("ticket.rate") && !me.permissions.includes("staff.read"));
    await world.db.asTenant(made.tenant.id, (tx) => setPersonRoles(tx, person, ["user"]));
    assert.deepEqual((await caller.get("/api/v1/me")).body.roles, ["user"]);
    assert.equal((await caller.patch("/api/v1/me", { locale: "zh-Hans" })).body.locale, "zh-Hans");
    assert.equal((await caller.patch("/api/v1/me", { name: "Somebody" })).body.code, "held_by_provider");
    await world.db.asTenant(made.tenant.id, (tx) => setPersonRoles(tx, { ...person, active: false }, ["user"]));
    assert.equal((await caller.get("/api/v1/me")).status, 401);
  });

  it("are seen by their owner, and all by who runs the provider", async () => {
    const { id } = await make();
    const foreign = await world.provider("foreign@example.com");
    assert.equal((await foreign.owner.delete(`/api/v1/api-keys/${id}`)).status, 404);
    assert.equal((await foreign.owner.get("/api/v1/api-keys")).body.items.length, 0);
    const member = await provider.owner.post("/api/v1/members", {
      name: "K",
      email: "k@example.com",
      roles: ["engineer"],
    });
    const key = await world.db.asTenant(provider.tenantId, (tx) =>
      createApiKey(
        tx,
        {
          kind: "system",
          id: provider.ownerId,
          tenantId: tx.tenantId,
          permissions: new Set(),
          roles: [],
          locale: "en",
          via: "system",
        },
        { ownerId: member.body.id, name: "own", scopes: ["*"] },
      ),
    );
    const engineer = world.withKey(key.key);
    assert.deepEqual(
      (await engineer.get("/api/v1/api-keys")).body.items.map((item: { name: string }) => item.name),
      ["own"],
    );
    assert.equal((await engineer.delete(`/api/v1/api-keys/${id}`)).status, 404);
    const all = (await provider.owner.get("/api/v1/api-keys?limit=1")).body;
    assert.equal(all.items[0].ownerName, "K");
    assert.ok(all.next);
    assert.equal(
      (await provider.owner.get(`/api/v1/api-keys?after=${all.next}`)).body.items.some(
        (item: { id: string }) => item.id === id,
      ),
      true,
    );
  });

  it("that are wrong are refused everywhere, and soon with a wait; right ones from there pass", async () => {
    const { key } = await make();
    const at = world.browser("203.0.113.50");
    const wrong = (index: number) => ({ authorization: `Bearer msk_${String(index).padStart(43, "0")}` });
    assert.equal((await at.get("/api/v1/setup", wrong(0))).status, 401, "on public pages too");
    assert.equal((await at.get("/api/v1/me", { authorization: "Bearer msk_short" })).status, 401);
    const answers = await Promise.all(Array.from({ length: 70 }, (_, index) => at.get("/api/v1/me", wrong(index))));
    assert.ok(answers.some(({ status }) => status === 429));
    assert.equal((await at.get("/api/v1/me", { authorization: `Bearer ${key}` })).status, 200);
  });

  it("note when they were last used, once a minute", async () => {
    const { caller, id } = await make();
    const lastUsed = async () =>
      (await provider.owner.get("/api/v1/api-keys")).body.items.find((item: { id: string }) => item.id === id)
        .lastUsedAt;
    assert.equal(await lastUsed(), null);
    await caller.get("/api/v1/me");
    for (let look = 0; look < 500 && (await lastUsed()) === null; look++) await new Promise((go) => setTimeout(go, 10));
    const first = await lastUsed();
    assert.ok(first);
    try {
      setClock(Temporal.Instant.from(first).add({ seconds: 30 }).toString());
      await caller.get("/api/v1/me");
      setClock(Temporal.Instant.from(first).add({ seconds: 61 }).toString());
      await caller.get("/api/v1/me");
      for (let look = 0; look < 500 && (await lastUsed()) === first; look++)
        await new Promise((go) => setTimeout(go, 10));
      assert.equal(Date.parse(await lastUsed()) - Date.parse(first), 61_000);
    } finally {
      setClock(undefined);
    }
  });
});
