import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";

/**
 * The pictures of docs/engines are drawn by the engines themselves: each `draw-<name>.ts` here answers an SVG. After a change,
 * `MAINSTAY_TEST_WRITE_PICTURES=1 node launch.mjs test test/pictures` draws them anew.
 */
const documents = join(import.meta.dirname, "../../docs/engines");
const drawings = globSync("draw-*.ts", { cwd: import.meta.dirname }).sort();

test("each engine's picture is what the engine draws today, and its page shows it", async () => {
  assert.ok(drawings.length > 0);
  for (const file of drawings) {
    const name = basename(file, ".ts").slice("draw-".length);
    const drawn: string = (await import(join(import.meta.dirname, file))).draw();
    const picture = join(documents, `${name}.svg`);
    if (process.env.MAINSTAY_TEST_WRITE_PICTURES === "1") writeFileSync(picture, drawn);
    assert.equal(readFileSync(picture, "utf8"), drawn, `${name}.svg is stale`);
    assert.match(readFileSync(join(documents, `${name}.md`), "utf8"), new RegExp(`\\(${name}\\.svg\\)`));
  }
});
