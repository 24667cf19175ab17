import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Browser, goodPassword, type IdentityWorld, startIdentityWorld } from "../../../test/identity-world.ts";
import { setClock } from "../../platform/clock.ts";
import type { Member } from "./api.ts";

type Provider = Awaited<ReturnType<IdentityWorld["provider"]>>;

describe("members of staff", () => {
  let world: IdentityWorld;
  let provider: Provider;
  before(async () => {
    world = await startIdentityWorld();
    provider = await world.provider("owner@example.com");
  });
  after(() => world.end());

  async function add(name: string, roles: string[], by: Browser = provider.owner) {
    const local = /^[\w ]+$/.test(name) ? name.toLowerCase().replaceAll(" ", ".") : Buffer.from(name).toString("hex");
    const email = `${local}@example.com`;
    const added = await by.post("/api/v1/members", { name, email, roles });
    assert.equal(added.status, 201, JSON.stringify(added.body));
    return { member: added.body as Member, link: String(added.body.invitation.link), email };
  }

  /** Someone who has accepted and is signed in. */
  async function join(name: string, roles: string[], by: Browser = provider.owner) {
    const { member, link, email } = await add(name, roles, by);
    const browser = world.browser();
    const token = link.split("/").at(-1);
    const joined = await browser.post(`/api/v1/invitations/${token}/accept`, { password: goodPassword });
    assert.equal(joined.status, 201, JSON.stringify(joined.body));
    return { member, browser, email };
  }

  it("are invited by a link that tells who invites whom, and works once", async () => {
    const { member, link } = await add("Bui Engineer", ["engineer"]);
    assert.deepEqual([member.joined, member.active, member.timeZone], [false, true, "Europe/Berlin"]);
    assert.match(link, /^http:\/\/127\.0\.0\.1:3000\/invitation\/[\w-]{43}$/);
    const path = `/api/v1/invitations/${link.split("/").at(-1)}`;
    const told = (await world.browser().get(path)).body;
    assert.deepEqual(
      [told.providerName, told.invitedBy, told.name, told.kind, told.roles, told.hasLogin],
      ["Fix It", "Ada Owner", "Bui Engineer", "staff", ["engineer"], false],
    );
    const [one, two] = [world.browser(), world.browser()];
    const accepted = await Promise.all(
      [one, two].map((each) => each.post(`${path}/accept`, { password: goodPassword })),
    );
    assert.deepEqual(accepted.map(({ status }) => status).sort(), [201, 404]);
    assert.equal(accepted.find(({ status }) => status === 404)?.body.code, "invitation_used");
    assert.equal((await world.browser().get(path)).body.code, "invitation_used");
    const joined = await provider.owner.get(`/api/v1/members/${member.id}`);
    assert.deepEqual([joined.body.joined, joined.body.version], [true, member.version + 1]);
    assert.equal((await world.browser().signIn("bui.engineer@example.com")).body.id, member.id);
    const again = await provider.owner.post(`/api/v1/members/${member.id}/invite`);
    assert.equal(again.body.code, "already_joined");
  });

  it("get a new link that ends the old one", async () => {
    const { member, link } = await add("Second Link", ["engineer"]);
    const renewed = await provider.owner.post(`/api/v1/members/${member.id}/invite`);
    const [oldToken, newToken] = [link, String(renewed.body.link)].map((each) => each.split("/").at(-1));
    assert.equal((await world.browser().get(`/api/v1/invitations/${oldToken}`)).body.code, "invitation_expired");
    assert.equal((await world.browser().get(`/api/v1/invitations/${newToken}`)).status, 200);
    const unknown = await world.browser().get(`/api/v1/invitations/${"x".repeat(43)}`);
    assert.deepEqual([unknown.status, unknown.body.code], [404, "invitation_unknown"]);
    await provider.owner.patch(`/api/v1/members/${member.id}`, { email: "elsewhere@example.com" });
    assert.equal((await world.browser().get(`/api/v1/invitations/${newToken}`)).body.code, "invitation_expired");
  });

  it("cannot accept after a week", async () => {
    const { link } = await add("Too Late", ["engineer"]);
    const path = `/api/v1/invitations/${link.split("/").at(-1)}`;
    try {
      setClock(
        Temporal.Now.instant()
          .add({ hours: 7 * 24 + 1 })
          .toString(),
      );
      for (const answer of [
        await world.browser().get(path),
        await world.browser().post(`${path}/accept`, { password: goodPassword }),
      ]) {
        assert.deepEqual([answer.status, answer.body.code], [404, "invitation_expired"]);
      }
    } finally {
      setClock(undefined);
    }
    assert.equal((await world.browser().signIn("too.late@example.com")).status, 401);
  });

  it("join a second provider with the login they have, and only with its password", async () => {
    const { browser, email } = await join("Two Hats", ["engineer"]);
    const other = await world.provider("other-owner@example.com", "Other House");
    const added = await other.owner.post("/api/v1/members", { name: "Two Hats", email, roles: ["tam"] });
    const path = `/api/v1/invitations/${String(added.body.invitation.link).split("/").at(-1)}`;
    assert.equal((await browser.get(path)).body.hasLogin, true);
    const wrong = await world.browser().post(`${path}/accept`, { password: "some other password" });
    assert.deepEqual([wrong.status, wrong.body.code], [401, "wrong_credentials"]);
    const accepted = await browser.post(`${path}/accept`, { password: goodPassword });
    assert.deepEqual([accepted.body.tenant.name, accepted.body.memberships.length], ["Other House", 2]);
    assert.equal((await world.browser().signIn(email)).body.tenant.name, "Other House");
  });

  it("take over a login that somebody made with their address without proving it", async () => {
    const squatter = await world.provider("victim@example.com", "Squatters");
    const { link } = await (async () => {
      const added = await provider.owner.post("/api/v1/members", {
        name: "Real Victim",
        email: "victim@example.com",
        roles: ["engineer"],
      });
      return { link: String(added.body.invitation.link) };
    })();
    const victim = world.browser();
    const path = `/api/v1/invitations/${link.split("/").at(-1)}`;
    assert.equal((await victim.get(path)).body.hasLogin, false);
    assert.equal((await victim.post(`${path}/accept`, { password: "my very own lamp 5" })).status, 201);
    assert.equal((await squatter.owner.get("/api/v1/me")).status, 401);
    assert.equal((await world.browser().signIn("victim@example.com", goodPassword)).status, 401);
  });

  it("are listed by name, page by page, and found by name, role and state", async () => {
    const house = await world.provider("lister@example.com", "Listing House");
    for (const name of ["Đặng Minh", "adam West", "Bea Stone", "王小明"]) await add(name, ["engineer"], house.owner);
    const gone = await add("Carl Gone", ["dispatcher"], house.owner);
    await house.owner.patch(`/api/v1/members/${gone.member.id}`, { active: false });
    const names: string[] = [];
    let after = "";
    do {
      const page = (await house.owner.get(`/api/v1/members?limit=2${after && `&after=${after}`}`)).body;
      names.push(...page.items.map((item: Member) => item.name));
      after = page.next ?? "";
    } while (after);
    assert.deepEqual(names, ["Ada Owner", "adam West", "Bea Stone", "Carl Gone", "Đặng Minh", "王小明"]);
    const find = async (query: string) =>
      (await house.owner.get(`/api/v1/members?${query}`)).body.items.map((item: Member) => item.name);
    assert.deepEqual(await find("q=STONE"), ["Bea Stone"]);
    assert.deepEqual(await find(`q=${encodeURIComponent("小")}`), ["王小明"]);
    assert.deepEqual(await find("q=%25"), []);
    assert.deepEqual(await find("role=owner"), ["Ada Owner"]);
    assert.deepEqual(await find("active=false"), ["Carl Gone"]);
    assert.equal((await house.owner.get("/api/v1/members?after=nonsense")).body.code, "cursor");
    assert.equal((await house.owner.get("/api/v1/members?page=2")).status, 400);
  });

  it("keep skills with levels", async () => {
    const { member } = await add("Skilled One", ["engineer"]);
    const skills = [
      { name: "printers", level: 4 },
      { name: "网络", level: 2 },
    ];
    const changed = await provider.owner.patch(`/api/v1/members/${member.id}`, { skills });
    assert.deepEqual(changed.body.skills, skills);
    const cleared = await provider.owner.patch(`/api/v1/members/${member.id}`, { skills: [] });
    assert.deepEqual(cleared.body.skills, []);
    const twice = [skills[0], { name: "Printers ", level: 1 }];
    const refused = await provider.owner.patch(`/api/v1/members/${member.id}`, { skills: twice });
    assert.deepEqual([refused.status, refused.body.code], [422, "skill_twice"]);
  });

  it("are changed from the version that was seen, or not", async () => {
    const { member } = await add("Often Changed", ["engineer"]);
    const url = `/api/v1/members/${member.id}`;
    assert.equal((await provider.owner.get(url)).headers.etag, '"1"');
    const ok = await provider.owner.patch(url, { title: "Senior" }, { "if-match": '"1"' });
    assert.deepEqual([ok.status, ok.body.version, ok.headers.etag], [200, 2, '"2"']);
    assert.equal((await provider.owner.patch(url, { title: "Junior" }, { "if-match": '"1"' })).status, 412);
    const taken = await provider.owner.patch(url, { email: "OWNER@example.com" });
    assert.deepEqual([taken.status, taken.body.code], [409, "email_taken"]);
  });

  it("lose a right at the moment they lose the role", async () => {
    const { member, browser } = await join("Demoted Soon", ["service_manager"]);
    assert.equal((await browser.get("/api/v1/me")).body.roles[0], "service_manager");
    const invite = { name: "X", email: "x1@example.com", roles: ["engineer"] };
    assert.equal((await browser.post("/api/v1/members", invite)).status, 201);
    await provider.owner.patch(`/api/v1/members/${member.id}`, { roles: ["engineer"] });
    const refused = await browser.post("/api/v1/members", { ...invite, email: "x2@example.com" });
    assert.deepEqual([refused.status, refused.body.code], [403, "right_missing"]);
    await provider.owner.patch(`/api/v1/members/${member.id}`, { active: false });
    assert.equal((await browser.get("/api/v1/me")).status, 401);
    assert.equal((await browser.signIn("demoted.soon@example.com")).body.code, "no_membership");
    await provider.owner.patch(`/api/v1/members/${member.id}`, { active: true });
    assert.equal((await browser.get("/api/v1/me")).status, 401, "a session that was ended stays so");
    assert.equal((await browser.signIn("demoted.soon@example.com")).status, 200);
  });

  it("grant nobody more than they have, nor touch who has more", async () => {
    const { browser: manager, member } = await join("Manager One", ["service_manager"]);
    const made = await manager.post("/api/v1/members", { name: "Z", email: "z@example.com", roles: ["owner"] });
    assert.deepEqual([made.status, made.body.code], [403, "above_own_rights"]);
    assert.equal((await manager.patch(`/api/v1/members/${member.id}`, { roles: ["owner"] })).status, 403);
    const demoted = await manager.patch(`/api/v1/members/${provider.ownerId}`, { roles: ["engineer"] });
    assert.deepEqual([demoted.status, demoted.body.code], [403, "above_own_rights"]);
    assert.equal((await manager.patch(`/api/v1/members/${provider.ownerId}`, { active: false })).status, 403);
    assert.equal((await manager.patch(`/api/v1/members/${provider.ownerId}`, { email: "m@example.com" })).status, 403);
  });

  it("always leave an owner who can sign in, even when two step down together", async () => {
    const house = await world.provider("last@example.com", "Last House");
    const own = `/api/v1/members/${house.ownerId}`;
    const alone = await house.owner.patch(own, { roles: ["engineer"] });
    assert.deepEqual([alone.status, alone.body.code], [409, "last_owner"]);
    assert.equal((await house.owner.patch(own, { active: false })).body.code, "last_owner");
    await add("Never Came", ["owner"], house.owner);
    assert.equal(
      (await house.owner.patch(own, { active: false })).body.code,
      "last_owner",
      "who never joined is no help",
    );
    const second = await join("Second Owner", ["owner"], house.owner);
    const both = await Promise.all([
      house.owner.patch(own, { roles: ["engineer"] }),
      second.browser.patch(`/api/v1/members/${second.member.id}`, { roles: ["engineer"] }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
  });

  it("are nobody's business in another provider", async () => {
    const foreign = await world.provider("far@example.com", "Far Away");
    const { member } = await add("Hidden Here", ["engineer"]);
    const url = `/api/v1/members/${member.id}`;
    for (const answer of [
      await foreign.owner.get(url),
      await foreign.owner.patch(url, { name: "Stolen" }),
      await foreign.owner.post(`${url}/invite`),
    ]) {
      assert.deepEqual([answer.status, answer.body.code], [404, "not_found"]);
      assert.ok(!JSON.stringify(answer.body).includes("Hidden"));
    }
    const { browser: engineer } = await join("Plain Engineer", ["engineer"]);
    assert.equal((await engineer.patch(url, { name: "x" })).status, 403, "visible, and the right is missing");
    const away = `/api/v1/members/${foreign.ownerId}`;
    assert.equal((await engineer.patch(away, { name: "x" })).status, 404, "not visible");
    assert.equal(
      (await engineer.patch("/api/v1/members/00000000-0000-7000-8000-000000000000", { name: "x" })).status,
      404,
    );
  });

  it("change their own particulars and nothing else", async () => {
    const { browser, member } = await join("Self Made", ["engineer"]);
    const changed = await browser.patch("/api/v1/me", {
      name: "Self Made Man",
      locale: "zh-Hant",
      phone: "+886 2 1234",
      timeZone: "Asia/Taipei",
    });
    assert.deepEqual(
      [changed.body.name, changed.body.locale, changed.body.phone, changed.body.timeZone],
      ["Self Made Man", "zh-Hant", "+886 2 1234", "Asia/Taipei"],
    );
    assert.equal((await provider.owner.get(`/api/v1/members/${member.id}`)).body.name, "Self Made Man");
    assert.equal((await browser.patch("/api/v1/me", { roles: ["owner"] })).status, 400);
    assert.equal((await browser.patch("/api/v1/me", { timeZone: "Mars/Base" })).body.code, "time_zone_unknown");
  });
});
