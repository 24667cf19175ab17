import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeTemporaryFolder } from "../../test/temporary-folder.ts";
import { loadTexts } from "./texts.ts";

function folderOf(texts: Record<string, Record<string, string>>): string {
  const folder = makeTemporaryFolder("texts");
  const all = {
    en: { hi: "Hello {name}" },
    "zh-Hans": { hi: "{name}，您好" },
    "zh-Hant": { hi: "{name}，您好" },
    vi: { hi: "Chào {name}" },
  };
  for (const [locale, content] of Object.entries({ ...all, ...texts })) {
    writeFileSync(join(folder, `${locale}.json`), JSON.stringify(content));
  }
  return folder;
}

describe("texts in four languages", () => {
  it("are told in the reader's, and in English to who reads another", () => {
    const text = loadTexts(folderOf({}));
    assert.equal(text("vi", "hi", { name: "An" }), "Chào An");
    assert.equal(text("zh-Hans", "hi", { name: "{name}" }), "{name}，您好");
    assert.equal(text("fr", "hi", { name: "Zoé" }), "Hello Zoé");
  });

  it("do not load when a language lacks one, has one too many, or fills other places", () => {
    assert.throws(() => loadTexts(folderOf({ vi: {} })), /"hi" of vi/);
    assert.throws(() => loadTexts(folderOf({ vi: { hi: "Chào {name}", more: "x" } })), /"more" of vi/);
    assert.throws(() => loadTexts(folderOf({ vi: { hi: "Chào {ten}" } })), /"hi" of vi/);
    assert.throws(() => loadTexts(folderOf({ vi: { hi: " " } })), /no text/);
  });

  it("that do not exist, or lack what they need, are defects", () => {
    const text = loadTexts(folderOf({}));
    assert.throws(() => text("en", "bye"), /no text "bye"/);
    assert.throws(() => text("en", "hi"), /needs "name"/);
  });
});
