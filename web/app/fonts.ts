import "@fontsource-variable/noto-sans/wght.css";
import { useEffect } from "react";
import type { Language } from "./languages.ts";

/** Chinese fonts come in a hundred slices with 130 kB of CSS: only who reads Chinese loads them. */
export async function loadFonts(language: Language): Promise<void> {
  try {
    if (language === "zh-Hans") await import("@fontsource-variable/noto-sans-sc/wght.css");
    if (language === "zh-Hant") await import("@fontsource-variable/noto-sans-tc/wght.css");
  } catch {
    // A missing font must not keep anyone from working; the system's own stands in.
  }
}

/**
 * What people wrote may be in another script than the interface. Once the page stands, the provider's own font is made
 * known; of a Chinese one the browser then fetches only the slices that the page really shows.
 */
export function useFontsOf(locale: string | undefined): void {
  useEffect(() => {
    if (locale === undefined) return;
    const timer = setTimeout(() => {
      if (locale === "zh-Hant") void loadFonts("zh-Hant");
      void loadFonts("zh-Hans");
    }, 300);
    return () => clearTimeout(timer);
  }, [locale]);
}
