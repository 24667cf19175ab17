const wordless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const words = /[\p{L}\p{N}]+/gu;
const longestTerm = 60;
const mostTerms = 2000;

/**
 * What a text can be found by: its words in lower case, with and without marks (Vietnamese is typed both ways), and, where
 * a script writes no spaces, single characters and pairs.
 */
export function searchTerms(text: string): string[] {
  const terms = new Set<string>();
  for (const [word] of text.normalize("NFC").toLowerCase().matchAll(words)) {
    for (const term of termsOf(word)) terms.add(term);
    if (terms.size >= mostTerms) break;
  }
  return [...terms];
}

/** A `tsquery` for what someone typed: every word must occur, the last one may be its beginning. Empty when nothing can be looked for. */
export function searchQuery(text: string): string {
  const found = [...text.normalize("NFC").toLowerCase().matchAll(words)].map(([word]) => word);
  return found
    .flatMap((word, index) => {
      if (wordless.test(word)) return pairsOf(word).map(quote);
      return [`${quote(word.slice(0, longestTerm))}${index === found.length - 1 ? ":*" : ""}`];
    })
    .join(" & ");
}

function termsOf(word: string): string[] {
  if (!wordless.test(word)) {
    const cut = word.slice(0, longestTerm);
    return [cut, withoutMarks(cut)];
  }
  return [...pairsOf(word), ...[...word].filter((character) => wordless.test(character))];
}

/** Neighbouring characters of the parts in a script without spaces; the other parts as words. */
function pairsOf(word: string): string[] {
  const parts =
    word.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
    ) ?? [];
  return parts.flatMap((part) => {
    if (!wordless.test(part)) return [part.slice(0, longestTerm)];
    const characters = [...part];
    return characters.length === 1
      ? characters
      : characters.slice(1).map((next, index) => `${characters[index]}${next}`);
  });
}

function withoutMarks(word: string): string {
  return word.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d");
}

function quote(term: string): string {
  return `'${term}'`;
}
