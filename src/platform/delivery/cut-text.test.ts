import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exampleMessage } from "../../../test/peers/example-message.ts";
import { cutText, fitLines, jsonBytes, tidyMessage, utf8Bytes, utf16Units } from "./cut-text.ts";

test("a text within its limit stays as it is", () => {
  assert.equal(cutText("收银机", 9, utf8Bytes), "收银机");
});

test("a text is cut between characters that a reader sees as one", () => {
  const family = "👨‍👩‍👧‍👦";
  assert.equal(cutText(`a${family}b`, family.length + 1, utf16Units), "a…");
  // Vietnamese in decomposed form: e + circumflex + dot below is one letter.
  assert.equal(cutText("Thie\u0302\u0323t bị", 8, utf8Bytes), "Thi…");
});

test("whatever the text, a cut never exceeds its limit and never leaves half a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 0, max: 60 }), (text, limit) => {
      for (const measure of [utf8Bytes, utf16Units, jsonBytes]) {
        const cut = cutText(text, limit, measure);
        assert.ok(measure(cut) <= limit);
        assert.ok(cut.isWellFormed());
      }
    }),
  );
});

test("lines give way in the order body, title, link; a link is never cut", () => {
  const message = exampleMessage({ title: "Till is broken", body: "x".repeat(500), url: "https://d.example/t/1" });
  const lines = fitLines(message, 60, utf16Units).split("\n");
  assert.deepEqual([lines[0], lines[2]], ["Till is broken", "https://d.example/t/1"]);
  assert.match(lines[1] ?? "", /^x+…$/);
  assert.equal(fitLines(message, 20, utf16Units).includes("https"), false);
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 400 }), fc.string({ maxLength: 300 }), (limit, body) => {
      assert.ok(utf8Bytes(fitLines({ ...message, body }, limit, utf8Bytes)) <= limit);
    }),
  );
});

test("control characters, line breaks in the title and broken Unicode are tidied before any protocol sees them", () => {
  const tidy = tidyMessage(exampleMessage({ title: "Till\r\nBcc: all@example.com", body: "a\u0000b\ud800\r\nc" }));
  assert.equal(tidy.title, "Till Bcc: all@example.com");
  assert.equal(tidy.body, "a b\ufffd\nc");
});
