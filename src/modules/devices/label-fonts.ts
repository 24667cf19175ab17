import { createRequire } from "node:module";
import { Font as Fonts } from "@react-pdf/renderer";
import type { Locale } from "../../platform/fields.ts";

const [latin, simplified, traditional] = ["Noto Sans", "Noto Sans SC", "Noto Sans TC"] as const;
const fontFiles = {
  [latin]: "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  [simplified]: "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  [traditional]: "@expo-google-fonts/noto-sans-tc/400Regular/NotoSansTC_400Regular.ttf",
};
type Family = keyof typeof fontFiles;

export interface LabelFonts {
  /** Asked in order for each character. */
  families: Family[];
  /** The text as these fonts can print it: a picture that they lack is left out, another character becomes `?`. */
  printable(text: string): string;
}

/** Loads the fonts that these words need; the Chinese ones are large. */
export async function loadFonts(words: string, language: Locale): Promise<LabelFonts> {
  Fonts.registerHyphenationCallback(breakable);
  const families = familiesFor(words, language);
  const known = Fonts.getRegisteredFontFamilies();
  for (const family of families) {
    if (known.includes(family)) continue;
    Fonts.register({ family, src: createRequire(import.meta.url).resolve(fontFiles[family]) });
  }
  await Promise.all(families.map((fontFamily) => Fonts.load({ fontFamily })));
  const fonts = families.map((fontFamily) => Fonts.getFont({ fontFamily }).data);
  const has = (character: string) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return fonts.some((font) => font?.hasGlyphForCodePoint(codePoint) === true);
  };
  return {
    families,
    printable: (text) => {
      const characters = Array.from(text.normalize("NFC"), (character) => {
        if (has(character)) return character;
        return /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Cf}\p{Mn}]/u.test(character) ? "" : "?";
      });
      return characters.join("").trim();
    },
  };
}

/** The traditional font lacks simplified characters, so the other stands behind it. */
function familiesFor(words: string, language: Locale): Family[] {
  const isEastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
  if (!isEastAsian.test(words)) return [latin];
  return language === "zh-Hant" ? [latin, traditional, simplified] : [latin, simplified];
}

/** Chinese has no spaces to break at: after each character a line may end, without a hyphen (which the empty part says). */
function breakable(word: string): string[] {
  const parts = word.match(/\p{Script=Han}|\P{Script=Han}+/gu) ?? [word];
  return parts.length > 1 ? parts.flatMap((part) => [part, ""]) : parts;
}
