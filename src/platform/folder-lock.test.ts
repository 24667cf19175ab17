import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, it } from "node:test";
import { Worker } from "node:worker_threads";
import { fastParent, makeTemporaryFolder } from "../../test/temporary-folder.ts";
import { lockFolder } from "./folder-lock.ts";

const folder = makeTemporaryFolder("lock", fastParent());
after(() => rm(folder, { recursive: true, force: true }));

it("is held by one owner, named to the others, until it is released", () => {
  const lock = lockFolder(folder);
  assert.ok("release" in lock);
  assert.deepEqual(lockFolder(folder), { heldBy: process.pid });
  lock.release();
  const next = lockFolder(folder);
  assert.ok("release" in next);
  next.release();
});

it("passes on when its owner is gone, also when the owner's number was given to another process", () => {
  for (const owner of ["999999999 some boot 1", `${process.pid} another boot 1`, `${process.pid} `, ""]) {
    plant(owner);
    const lock = lockFolder(folder);
    assert.ok("release" in lock, owner);
    lock.release();
  }
});

it("goes to exactly one of many that find its owner gone at the same moment", async () => {
  const rounds = 100;
  const contenders = 4;
  const barrier = new SharedArrayBuffer(4 * (rounds + 1));
  const program = `
    const { lockFolder } = await import(${JSON.stringify(import.meta.resolve("./folder-lock.ts"))});
    const { parentPort, workerData } = await import("node:worker_threads");
    const arrived = new Int32Array(workerData);
    const results = [];
    for (let round = 0; round < ${rounds}; round++) {
      Atomics.add(arrived, round, 1);
      while (Atomics.load(arrived, round) < ${contenders});
      results.push("release" in lockFolder(${JSON.stringify(folder)} + "/" + round));
    }
    parentPort.postMessage(results);`;
  for (let round = 0; round < rounds; round++) {
    mkdirSync(join(folder, String(round)));
    writeFileSync(join(folder, String(round), "owner-7.lock"), "999999999 some boot 1");
  }
  const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const workers = Array.from({ length: contenders }, () => new Worker(url, { workerData: barrier }));
  const results = await Promise.all(
    workers.map(async (worker): Promise<boolean[]> => (await once(worker, "message"))[0]),
  );
  for (let round = 0; round < rounds; round++) {
    assert.equal(results.filter((result) => result[round]).length, 1, `round ${round}`);
    assert.deepEqual(readdirSync(join(folder, String(round))), ["owner-8.lock"]);
  }
});

function plant(owner: string): void {
  const numbers = readdirSync(folder).map((name) => Number(/\d+/.exec(name)?.[0] ?? 0));
  writeFileSync(join(folder, `owner-${Math.max(0, ...numbers) + 1}.lock`), owner);
}
