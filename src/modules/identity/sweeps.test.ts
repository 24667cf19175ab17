import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type IdentityWorld, startIdentityWorld } from "../../../test/identity-world.ts";
import { setClock } from "../../platform/clock.ts";
import { inTurn } from "./slow-work.ts";
import { identitySweeps } from "./sweeps.ts";

describe("what has run out", () => {
  let world: IdentityWorld;
  before(async () => {
    world = await startIdentityWorld();
  });
  after(() => world.end());

  const rows = async () => {
    const { rows } = await world.db.pool.query(`select (select count(*)::int from auth.session) as sessions,
      (select count(*)::int from auth.verification) as proofs, (select count(*)::int from identity.throttle) as limits`);
    return rows[0];
  };
  const sweep = () => Promise.all(identitySweeps(world.db).map(({ run }) => run()));

  it("is cleared away, and nothing that still counts", async () => {
    const { email } = await world.provider("sweep@example.com");
    await world.browser().signIn(email, "wrong wrong wrong");
    await world.browser().post("/api/v1/session/passkey-options");
    const kept = await rows();
    assert.ok(kept.sessions === 1 && kept.proofs === 1 && kept.limits >= 3);
    await sweep();
    assert.deepEqual(await rows(), kept);
    try {
      setClock(
        Temporal.Now.instant()
          .add({ hours: 15 * 24 })
          .toString(),
      );
      await sweep();
    } finally {
      setClock(undefined);
    }
    assert.deepEqual(await rows(), { sessions: 0, proofs: 0, limits: 0 });
  });
});

describe("slow work", () => {
  it("is done by four at once, in the order it came, and refused when too much waits", async () => {
    let atWork = 0;
    let most = 0;
    const done: number[] = [];
    const resumes: (() => void)[] = [];
    const one = (index: number) =>
      inTurn(async () => {
        most = Math.max(most, ++atWork);
        await new Promise<void>((resume) => resumes.push(resume));
        atWork--;
        done.push(index);
        if (index === 2) throw new Error("one that fails gives its place on too");
      });
    const tries = Array.from({ length: 206 }, (_, index) => one(index));
    const outcomes = Promise.allSettled(tries);
    while (done.length < 204) {
      resumes.shift()?.();
      await new Promise((resume) => setImmediate(resume));
    }
    const refused = (await outcomes).filter(({ status }) => status === "rejected");
    assert.equal(refused.length, 3, "two that found no place to wait, and the one that failed");
    assert.equal(most, 4);
    assert.deepEqual(
      done,
      Array.from({ length: 204 }, (_, index) => index),
    );
    assert.equal(await inTurn(async () => "free again"), "free again");
  });
});
