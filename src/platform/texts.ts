import { readFileSync } from "node:fs";
import { join } from "node:path";

export const locales = ["en", "zh-Hans", "zh-Hant", "vi"] as const;

/** A text in a language, its `{places}` filled. An unknown language reads English; an unknown key or place is a defect. */
export type Texts = (locale: string, key: string, params?: Readonly<Record<string, string | number>>) => string;

/**
 * Reads `<folder>/{en,zh-Hans,zh-Hant,vi}.json`, each a flat object of the same keys.
 * @throws when a language lacks a key, has one too many, or fills other places than English does
 */
export function loadTexts(folder: string): Texts {
  const english = readTexts(folder, "en");
  const byLocale = new Map(locales.map((locale) => [locale as string, readTexts(folder, locale)]));
  for (const [locale, texts] of byLocale) {
    for (const key of new Set([...english.keys(), ...texts.keys()])) {
      const [ours, theirs] = [placesOf(english.get(key)), placesOf(texts.get(key))];
      if (ours !== theirs) throw new Error(`${folder}: "${key}" of ${locale} does not match English`);
    }
  }
  return (locale, key, params = {}) => {
    const text = (byLocale.get(locale) ?? english).get(key);
    if (text === undefined) throw new Error(`${folder} has no text "${key}"`);
    return text.replace(/\{(\w+)\}/g, (_, place: string) => {
      const value = params[place];
      if (value === undefined) throw new Error(`text "${key}" needs "${place}"`);
      return String(value);
    });
  };
}

function readTexts(folder: string, locale: string): Map<string, string> {
  const content: unknown = JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8"));
  if (typeof content !== "object" || content === null) throw new Error(`${folder}/${locale}.json is not an object`);
  const entries = Object.entries(content).map(([key, text]): [string, string] => {
    if (typeof text !== "string" || text.trim() === "")
      throw new Error(`${folder}/${locale}.json: "${key}" is no text`);
    return [key, text];
  });
  return new Map(entries);
}

function placesOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : [...new Set(text.match(/\{\w+\}/g))].sort().join(" ");
}
