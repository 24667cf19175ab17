import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { CannotStart } from "./cannot-start.ts";
import { readConfig } from "./config.ts";
import { silentLog } from "./log.ts";
import { openInstallation } from "./open-installation.ts";

test("a data folder where none can be made is refused by name, at once", async () => {
  const impossible = existsSync("/proc/self") ? "/proc/none/here" : `${import.meta.filename}/none/here`;
  await assert.rejects(openInstallation(readConfig(["--data", impossible], {}), silentLog), (error) => {
    assert.ok(error instanceof CannotStart);
    assert.match(error.message, /^The data folder .*none.here cannot be made: /);
    return true;
  });
});
