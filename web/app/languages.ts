export const languages = ["en", "zh-Hans", "zh-Hant", "vi"] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words: whoever looks for it cannot be expected to read the current one. */
export const languageNames: Record<Language, string> = {
  en: "English",
  "zh-Hans": "简体中文",
  "zh-Hant": "繁體中文",
  vi: "Tiếng Việt",
};

const storageKey = "mainstay.language";

export function isLanguage(tag: string | null | undefined): tag is Language {
  return languages.some((language) => language === tag);
}

/** The nearest of our languages to a browser's tag, e.g. `zh-TW` → `zh-Hant`. */
export function matchLanguage(tag: string): Language | undefined {
  const lower = tag.toLowerCase();
  if (lower.startsWith("zh")) return /hant|tw|hk|mo/.test(lower) ? "zh-Hant" : "zh-Hans";
  if (lower.startsWith("vi")) return "vi";
  if (lower.startsWith("en")) return "en";
  return undefined;
}

export function rememberedLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(storageKey);
    return isLanguage(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage can be forbidden: the choice then lasts for this visit.
  }
}

/** What was chosen here before, else the browser's first language that we speak, else English. */
export function firstLanguage(): Language {
  const remembered = rememberedLanguage();
  if (remembered) return remembered;
  for (const tag of navigator.languages) {
    const match = matchLanguage(tag);
    if (match) return match;
  }
  return "en";
}
