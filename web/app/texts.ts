import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { loadFonts } from "./fonts.ts";
import { firstLanguage, type Language, languages, rememberLanguage } from "./languages.ts";

const files = import.meta.glob<Record<string, unknown>>("/*/texts/*.json", { import: "default" });

/** One small chunk per language and module, fetched when a page first needs it. */
const lazyTexts: BackendModule = {
  type: "backend",
  init() {},
  read(language, namespace, done) {
    const load = files[`/${namespace}/texts/${language}.json`];
    if (!load) return done(new Error(`no texts for ${namespace} in ${language}`), null);
    load().then(
      (texts) => done(null, texts),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
};

export async function startTexts(): Promise<void> {
  const language = firstLanguage();
  i18next.on("languageChanged", (tag) => {
    document.documentElement.lang = tag;
  });
  await Promise.all([
    loadFonts(language),
    i18next
      .use(lazyTexts)
      .use(initReactI18next)
      .init({
        lng: language,
        supportedLngs: [...languages],
        fallbackLng: "en",
        load: "currentOnly",
        ns: ["app"],
        defaultNS: "app",
        // States and reasons have underscores in their names; that is no context.
        contextSeparator: "~",
        interpolation: { escapeValue: false },
        react: { useSuspense: true },
      }),
  ]);
}

export async function chooseLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await Promise.all([loadFonts(language), i18next.changeLanguage(language)]);
}

export function currentLanguage(): Language {
  return languages.find((language) => language === i18next.language) ?? "en";
}
