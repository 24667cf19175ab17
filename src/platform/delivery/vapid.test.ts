import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import webPush from "web-push";
import { deriveVapidKeys, loadVapidKeys } from "./vapid.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mainstay-vapid-"));
});
after(() => rm(folder, { recursive: true }));

test("keys are made once, kept for their owner's eyes, and the same ever after", async () => {
  const secrets = path.join(folder, "secrets");
  const all = await Promise.all(Array.from({ length: 8 }, () => loadVapidKeys(secrets)));
  assert.equal(new Set(all.map((keys) => keys.publicKey)).size, 1);
  assert.deepEqual(await loadVapidKeys(secrets), all[0]);
  assert.deepEqual(await readdir(secrets), ["vapid.json"]);
  if (process.platform !== "win32") {
    assert.equal((await stat(path.join(secrets, "vapid.json"))).mode & 0o777, 0o600);
  }
});

test("a damaged file is an error and stays as it is", async () => {
  const file = path.join(folder, "vapid.json");
  await writeFile(file, '{"publicKey":"');
  await assert.rejects(loadVapidKeys(folder), /Restore it from a backup/);
  assert.equal(await readFile(file, "utf8"), '{"publicKey":"');
});

test("servers with one secret have one key, and it signs", () => {
  const keys = deriveVapidKeys("a secret that two servers share");
  assert.deepEqual(deriveVapidKeys("a secret that two servers share"), keys);
  assert.notEqual(deriveVapidKeys("another").publicKey, keys.publicKey);
  const { Authorization } = webPush.getVapidHeaders(
    "https://push.example.com",
    "mailto:ops@example.com",
    keys.publicKey,
    keys.privateKey,
    "aes128gcm",
  );
  assert.match(Authorization, /^vapid t=/);
});
