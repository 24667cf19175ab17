import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goodPassword, type IdentityWorld, startIdentityWorld } from "../../../test/identity-world.ts";
import { type SmtpInbox, startSmtpInbox } from "../../../test/peers/smtp-inbox.ts";
import { closeDelivery } from "../../platform/delivery/index.ts";
import { startJobCalls, startWorker } from "../../platform/jobs.ts";
import { silentLog } from "../../platform/log.ts";
import { sql } from "../../platform/sql.ts";
import { identityJobs, invitePerson, setPersonRoles } from "./index.ts";

describe("mails of identity", () => {
  let inbox: SmtpInbox;
  let world: IdentityWorld;
  let stop: () => Promise<void>;
  before(async () => {
    inbox = await startSmtpInbox();
    world = await startIdentityWorld({ MAINSTAY_SMTP_URL: `smtp://${inbox.host}:${inbox.port}` });
    const smtp = { host: inbox.host, port: inbox.port, secure: false, from: "Mainstay <no-reply@fixit.example>" };
    const jobs = identityJobs(world.identity, { smtp, allowPrivateGateways: true });
    const calls = await startJobCalls(
      world.db,
      jobs.map((job) => job.name),
      silentLog,
    );
    const worker = await startWorker(world.db, jobs, silentLog);
    stop = async () => {
      await worker.stop();
      calls.stop();
    };
  });
  after(async () => {
    await stop();
    closeDelivery();
    await inbox.close();
    await world.end();
  });

  const linkIn = (text: string, page: string) =>
    new RegExp(`http://127\\.0\\.0\\.1:3000/${page}/([\\w-]{43})`).exec(text)?.[1] ??
    assert.fail(`no link in: ${text}`);

  /** The next mail to an address, after those that were there. */
  async function mailTo(address: string, nth = 1) {
    for (let look = 0; look < 1000; look++) {
      const mail = inbox.received.filter(({ to }) => to.includes(address))[nth - 1];
      if (mail) return mail;
      await new Promise((resume) => setTimeout(resume, 10));
    }
    return assert.fail(`no mail to ${address}`);
  }

  it("invite staff in their language, and the answer holds no link", async () => {
    const { owner } = await world.provider("owner@example.com", "Điện Sáng");
    const added = await owner.post("/api/v1/members", {
      name: "Trần Bình",
      email: "binh@example.com",
      roles: ["engineer"],
      locale: "vi",
    });
    assert.equal(added.body.invitation.link, undefined);
    const mail = await mailTo("binh@example.com");
    assert.equal(mail.headers.get("subject"), "Ada Owner mời bạn tham gia Điện Sáng");
    assert.ok(mail.text.startsWith("Chào Trần Bình,"));
    const path = `/api/v1/invitations/${linkIn(mail.text, "invitation")}/accept`;
    assert.equal((await world.browser().post(path, { password: goodPassword })).status, 201);
  });

  it("invite people at customers", async () => {
    const { owner, tenantId, ownerId } = await world.provider("owner2@example.com", "Fix It");
    const id = "0192f000-0000-7000-8000-00000000000a";
    const actor = {
      kind: "staff",
      id: ownerId,
      tenantId,
      permissions: new Set<string>(),
      roles: [],
      locale: "en",
      via: "session",
    } as const;
    await world.db.asTenant(tenantId, async (tx) => {
      await setPersonRoles(tx, { id, name: "王芳", email: "fang@shop.example", locale: "zh-Hans", active: true }, [
        "user",
      ]);
      await invitePerson(tx, actor, world.identity, id);
    });
    const mail = await mailTo("fang@shop.example");
    assert.equal(mail.headers.get("subject"), "Fix It 服务平台已为您开通");
    const path = `/api/v1/invitations/${linkIn(mail.text, "invitation")}`;
    const person = world.browser();
    assert.deepEqual((await person.get(path)).body.roles, ["user"]);
    const me = (await person.post(`${path}/accept`, { password: goodPassword })).body;
    assert.deepEqual([me.kind, me.id, me.name, me.tenant.name, me.locale], ["person", id, "王芳", "Fix It", "zh-Hans"]);
    assert.equal((await person.get("/api/v1/members")).status, 403);
    assert.equal((await owner.get("/api/v1/members")).body.items.length, 1, "a person is no member of staff");
  });

  it("carry a link that is not readable in the database", async () => {
    inbox.answerWith({ stage: "recipient", code: 451, text: "later" }, 1000);
    const { owner } = await world.provider("owner3@example.com");
    await owner.post("/api/v1/members", { name: "Slow Mail", email: "slow@example.com", roles: ["engineer"] });
    const { rows } = await world.db.pool.query("select payload::text from graphile_worker._private_jobs");
    assert.ok(rows.some(({ payload }) => payload.includes("slow@example.com")));
    assert.ok(rows.every(({ payload }) => !payload.includes("/invitation/")));
    inbox.answerWith(undefined);
    await world.db.asGlobal((tx) => tx.run(sql`update graphile_worker._private_jobs set run_at = now()`));
    assert.ok(linkIn((await mailTo("slow@example.com")).text, "invitation"), "a server that was down delays it");
  });

  it("let the owner of an address choose a new password, once, and end every session", async () => {
    const { owner, email } = await world.provider("forgot@example.com");
    const lost = world.browser();
    for (const asked of [email.toUpperCase(), "nobody@example.com"]) {
      const answer = await lost.post("/api/v1/password-resets", { email: asked });
      assert.deepEqual([answer.status, answer.body], [202, null]);
    }
    const token = linkIn((await mailTo(email)).text, "reset-password");
    assert.equal(
      inbox.received.some(({ to }) => to.includes("nobody@example.com")),
      false,
    );
    const path = `/api/v1/password-resets/${token}`;
    assert.equal((await lost.post(path, { password: "password123456" })).body.code, "password_too_common");
    const next = "seven cold rivers 3";
    const tries = await Promise.all([
      lost.post(path, { password: next }),
      world.browser().post(path, { password: "other lamp bay 2" }),
    ]);
    assert.deepEqual(tries.map(({ status }) => status).sort(), [204, 404]);
    assert.equal((await owner.get("/api/v1/me")).status, 401);
    assert.equal((await world.browser().post(path, { password: next })).body.code, "reset_unknown");
    const passwords = await Promise.all([next, "other lamp bay 2"].map((each) => world.browser().signIn(email, each)));
    assert.deepEqual(passwords.map(({ status }) => status).sort(), [200, 401]);
  });

  it("open the way for a victim of guessing on a device never seen before", async () => {
    const { email } = await world.provider("victim@example.com");
    await Promise.all(
      Array.from({ length: 32 }, (_, index) => world.browser(`198.51.100.${index}`).signIn(email, `no ${index}`)),
    );
    const phone = world.browser();
    assert.equal((await phone.signIn(email)).body.code, "sign_in_throttled");
    await phone.post("/api/v1/password-resets", { email });
    const token = linkIn((await mailTo(email)).text, "reset-password");
    assert.equal(
      (await phone.post(`/api/v1/password-resets/${token}`, { password: "nine warm harbours 4" })).status,
      204,
    );
    assert.equal((await phone.signIn(email, "nine warm harbours 4")).status, 200);
    assert.equal((await world.browser().signIn(email, "nine warm harbours 4")).body.code, "sign_in_throttled");
  });

  it("are not sent to one address again and again", async () => {
    const { email } = await world.provider("flooded@example.com");
    for (let time = 0; time < 6; time++) await world.browser().post("/api/v1/password-resets", { email });
    await mailTo(email, 3);
    for (let look = 0; look < 500; look++) {
      const { rows } = await world.db.pool.query("select 1 from graphile_worker._private_jobs");
      if (rows.length === 0) break;
      await new Promise((resume) => setTimeout(resume, 10));
    }
    assert.equal(inbox.received.filter(({ to }) => to.includes(email)).length, 3);
  });
});
