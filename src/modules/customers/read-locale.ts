import type { Locale } from "../../platform/fields.ts";

const locales: readonly Locale[] = ["en", "zh-Hans", "zh-Hant", "vi"];

/** A stored locale as one of those that the product speaks; English otherwise. */
export function readLocale(text: string | null | undefined): Locale {
  return locales.find((locale) => locale === text) ?? "en";
}
