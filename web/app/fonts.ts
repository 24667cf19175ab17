import "@fontsource-variable/noto-sans/wght.css";
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
