import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { simplifiedOnly, traditionalOnly } from "./chinese-pairs.ts";
import { listFiles } from "./project-files.ts";

export const textLanguages = ["en", "zh-Hans", "zh-Hant", "vi"] as const;
type Language = (typeof textLanguages)[number];

/** The texts of one folder: by language, by key path `menu.scheme.auto`. */
export interface TextFolder {
  path: string;
  byLanguage: Map<Language, Map<string, string>>;
}

/** Words that are the same in every language. */
const sameEverywhere = new Set(
  `Mainstay OK QR SLA API CSV XLSX PDF URL SMS SMTP ntfy Slack Teams Microsoft WeCom DingTalk Feishu webhook Webhook email Email
  e-mail E-mail TOTP CSM TAM ID IP VIP Ctrl Esc Enter Shift Tab PIN NPS CSAT ISO GPS IT PNG JPEG HTTP HTTPS VAPID push
  English 简体中文 繁體中文 Tiếng Việt`.split(/\s+/),
);

export function readTextFolders(root: string): { folders: TextFolder[]; violations: string[] } {
  const violations: string[] = [];
  const files = listFiles(root, ["web/**/texts/*.json", "src/**/texts/*.json"]);
  const folders = [...new Set(files.map((file) => dirname(file)))].map((path): TextFolder => {
    const byLanguage = new Map<Language, Map<string, string>>();
    for (const language of textLanguages) {
      const file = `${path}/${language}.json`;
      if (!files.includes(file)) violations.push(`${file} is missing`);
      else byLanguage.set(language, flatten(JSON.parse(readFileSync(join(root, file), "utf8"))));
    }
    return { path, byLanguage };
  });
  const known = new Set<string>(textLanguages);
  const strange = files
    .filter((file) => !known.has(basename(file, ".json")))
    .map((file) => `${file} is no known language`);
  return { folders, violations: [...violations, ...strange] };
}

function flatten(value: unknown, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  if (typeof value !== "object" || value === null) return flat;
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === "string") flat.set(prefix + name, member);
    else for (const [key, text] of flatten(member, `${prefix}${name}.`)) flat.set(key, text);
  }
  return flat;
}

/** The same keys, plural forms and placeholders in each language, and each language in itself. */
export function checkTexts({ path, byLanguage }: TextFolder): string[] {
  const violations: string[] = [];
  const english = byLanguage.get("en") ?? new Map<string, string>();
  const expected = families(english);
  for (const [language, texts] of byLanguage) {
    const report = (key: string, what: string) => violations.push(`${path}/${language}.json: ${key} ${what}`);
    const found = families(texts);
    for (const [family, forms] of expected) {
      const own = found.get(family);
      if (!own) report(family, "is missing");
      else {
        checkForms(family, forms, own, language, report);
        const [theirs, ours] = [marksOf(english, forms), marksOf(texts, own)];
        if (theirs !== ours) report(family, `has ${ours || "nothing"} to fill in, English has ${theirs || "nothing"}`);
      }
    }
    for (const family of found.keys()) if (!expected.has(family)) report(family, "is not in English");
    for (const [key, text] of texts) checkText(key, text, language, english.get(key), report);
  }
  return violations;
}

type Report = (key: string, what: string) => void;

const pluralForm = /_(?:ordinal_)?(?:zero|one|two|few|many|other)$/;

/** Keys without their plural endings, each with the full keys that it stands for. */
export function families(texts: ReadonlyMap<string, string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const key of texts.keys()) {
    const base = key.replace(pluralForm, "");
    const isPlural = base !== key && texts.has(`${base}_other`);
    const family = isPlural ? base : key;
    found.set(family, [...(found.get(family) ?? []), key]);
  }
  return found;
}

function checkForms(family: string, english: string[], own: string[], language: Language, report: Report): void {
  const isPlural = english.some((key) => key !== family);
  if (!isPlural) return;
  const formOf = (key: string) => key.slice(family.length + 1);
  const needed: string[] = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const has = own.map(formOf);
  const lacking = needed.filter((form) => !has.includes(form));
  // A form that only English needs does no harm.
  const strange = has.filter((form) => !needed.includes(form) && !english.map(formOf).includes(form));
  if (lacking.length > 0) report(family, `lacks the plural form ${lacking.join(", ")}`);
  if (strange.length > 0) report(family, `has the plural form ${strange.join(", ")}, which its language has not`);
}

/** Places to fill in, tags and references to other texts, each once. */
function marksOf(texts: ReadonlyMap<string, string>, keys: readonly string[]): string {
  const marks = keys.flatMap((key) => (texts.get(key) ?? "").match(/\{\{-?\s*\w+|\{\w+|<\/?\w+|\$t\([^)]*\)/g) ?? []);
  return [...new Set(marks.map((mark) => mark.replace(/[\s-]/g, "")))].sort().join(" ");
}

function checkText(key: string, text: string, language: Language, english: string | undefined, report: Report): void {
  if (text.trim() === "") report(key, "is empty");
  if (language === "en") {
    if (/\p{Script=Han}/u.test(text.replace(/简体中文|繁體中文/g, ""))) report(key, "is Chinese");
    return;
  }
  const wrong = language === "zh-Hans" ? traditionalOnly : language === "zh-Hant" ? simplifiedOnly : undefined;
  const strays = wrong ? [...new Set(text)].filter((character) => wrong.has(character)) : [];
  if (strays.length > 0) report(key, `has characters of the other script: ${strays.join(" ")}`);
  if (language === "vi" && /\p{Script=Han}/u.test(text.replace(/简体中文|繁體中文/g, ""))) report(key, "is Chinese");
  if (text === english && !isSameEverywhere(text)) report(key, "is still English");
}

function isSameEverywhere(text: string): boolean {
  const words =
    text.replace(/\{\{?[^}]*\}?\}|<[^>]*>|\$t\([^)]*\)/g, " ").match(/[\p{L}\p{M}\d][\p{L}\p{M}\d-]*/gu) ?? [];
  return words.every((word) => sameEverywhere.has(word) || /^[A-Z]?\d+$/.test(word) || word.length === 1);
}
