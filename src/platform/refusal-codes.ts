import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type RefusalKind, refusalKinds } from "./refusal.ts";

/** A code under one kind, and what it says at each place; "…" stands for what differs from time to time. */
export interface RefusalCode {
  kind: RefusalKind;
  code: string;
  sentences: readonly string[];
}

const text = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|${"`(?:[^`\\\\]|\\\\.)*`"}`;
const refusals = new RegExp(String.raw`new Refusal\(\s*"(\w+)",\s*"(\w+)",\s*(${text})?`, "g");
/** Rows of tables that refusals are made of. */
const rows = new RegExp(String.raw`: \["(\w+)", "(\w+)", (${text})\]`, "g");

/**
 * Every `new Refusal(kind, code, sentence)` of the source: the list of codes cannot fall behind the program. That each is
 * written so that it is found here is held by `test/architecture/refusal-rules.test.ts`.
 */
export async function readRefusalCodes(root = join(import.meta.dirname, "..")): Promise<RefusalCode[]> {
  const files = (await readdir(root, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name)).toSorted();
  const sources = await Promise.all(files.map((file) => readFile(join(root, file), "utf8")));
  const found = new Map<string, { kind: RefusalKind; code: string; sentences: Set<string> }>();
  for (const [, kind = "", code = "", sentence] of sources.flatMap((source) => [
    ...source.matchAll(refusals),
    ...source.matchAll(rows),
  ])) {
    if (!isKind(kind)) continue;
    const key = `${code} ${kind}`;
    const known = found.get(key) ?? { kind, code, sentences: new Set() };
    if (sentence) known.sentences.add(plain(sentence));
    found.set(key, known);
  }
  return [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { kind, code, sentences }]) => ({ kind, code, sentences: [...sentences] }));
}

function isKind(kind: string): kind is RefusalKind {
  return Object.hasOwn(refusalKinds, kind);
}

/** A literal as it is read by people: without its quotes, its escapes and what is filled in. */
function plain(literal: string): string {
  return literal
    .slice(1, -1)
    .replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "…")
    .replaceAll(/\\(.)/g, "$1");
}
