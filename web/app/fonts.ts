import "@fontsource-variable/noto-sans/wght.css";
import { useEffect } from "react";
import { isLanguage, type Language } from "./languages.ts";

/** Chinese fonts come in a hundred slices with 130 kB of CSS: only who reads Chinese loads them. */
export async function loadFonts(language: Language): Promise<void> {
  try {
    if (language === "zh-Hans") await import("@fontsource-variable/noto-sans-sc/wght.css");
    if (language === "zh-Hant") await import("@fontsource-variable/noto-sans-tc/wght.css");
  } catch {
    // A missing font must not keep anyone from working; the system's own stands in.
  }
}

/** What people wrote may be in another script than the interface: the provider's own is fetched once the page stands. */
export function useFontsOf(locale: string | undefined): void {
  useEffect(() => {
    if (isLanguage(locale)) void loadFonts(locale);
  }, [locale]);
}
