import assert from "node:assert/strict";
import { chmodSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeTemporaryFolder } from "../../test/temporary-folder.ts";
import { CannotStart } from "./cannot-start.ts";
import { decrypt, encrypt, loadSecret } from "./secrets.ts";

describe("secrets of an installation", () => {
  it("are made once, by whichever process is first, and only their owner reads them", async () => {
    const dataDir = makeTemporaryFolder("secrets");
    const keys = await Promise.all(
      Array.from({ length: 20 }, () => loadSecret({ secret: undefined, dataDir }, "sign-in")),
    );
    assert.equal(new Set(keys.map((key) => key.toString("hex"))).size, 1);
    const folder = join(dataDir, "secrets");
    assert.deepEqual(readdirSync(folder), ["sign-in"]);
    if (process.platform !== "win32") {
      assert.equal(statSync(join(folder, "sign-in")).mode & 0o777, 0o600);
      assert.equal(statSync(folder).mode & 0o777, 0o700);
    }
    assert.deepEqual(await loadSecret({ secret: undefined, dataDir }, "sign-in"), keys[0]);
    assert.notDeepEqual(await loadSecret({ secret: undefined, dataDir }, "identity"), keys[0]);
  });

  it("come from MAINSTAY_SECRET where it is set, another for each purpose, and leave no file", async () => {
    const dataDir = makeTemporaryFolder("secrets");
    const secret = "a secret of at least thirty-two characters";
    const one = await loadSecret({ secret, dataDir }, "sign-in");
    assert.deepEqual(await loadSecret({ secret, dataDir: "/nowhere" }, "sign-in"), one);
    assert.notDeepEqual(await loadSecret({ secret, dataDir }, "identity"), one);
    assert.deepEqual(readdirSync(dataDir), []);
  });

  it("that were damaged are reported, not replaced", async () => {
    const dataDir = makeTemporaryFolder("secrets");
    await loadSecret({ secret: undefined, dataDir }, "sign-in");
    const path = join(dataDir, "secrets", "sign-in");
    chmodSync(path, 0o600);
    writeFileSync(path, "");
    await assert.rejects(loadSecret({ secret: undefined, dataDir }, "sign-in"), CannotStart);
  });

  it("encrypt text so that only the same key and context read it, and any change shows", async () => {
    const key = await loadSecret({ secret: "a secret of at least thirty-two characters", dataDir: "" }, "x");
    const other = await loadSecret({ secret: "a secret of at least thirty-two characters", dataDir: "" }, "y");
    const sealed = encrypt(key, "mật khẩu 密碼", "row 1");
    assert.equal(decrypt(key, sealed, "row 1"), "mật khẩu 密碼");
    assert.notEqual(encrypt(key, "mật khẩu 密碼", "row 1"), sealed);
    assert.throws(() => decrypt(other, sealed, "row 1"));
    assert.throws(() => decrypt(key, sealed, "row 2"));
    const bytes = Buffer.from(sealed.slice(3), "base64url");
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.throws(() => decrypt(key, `v1.${changed.toString("base64url")}`, "row 1"));
    }
    for (const broken of ["", "v1.", "v2.abc", sealed.slice(0, 20)]) assert.throws(() => decrypt(key, broken, "row 1"));
  });
});
