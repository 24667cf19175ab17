import { Refusal } from "../../platform/refusal.ts";

/** What guessers build passwords from: words of the leaked lists, in the languages of our users, and keyboard rows. */
const words = `password passwort passwd motdepasse contrasena matkhau mima admin administrator root user guest test demo
  welcome hello letmein login master secret default changeme temp server service support helpdesk company office mainstay
  iloveyou loveyou love woaini anhyeuem emyeuanh toiyeu baby angel princess sunshine shadow dragon monkey tiger lion eagle
  football soccer baseball basketball hockey superman batman spiderman pokemon starwars matrix freedom whatever trustno
  michael jordan michelle jennifer daniel thomas charlie george robert andrew joshua ashley jessica william nguyen
  summer winter spring autumn monday friday january february march april june july august september october november
  december flower cookie chocolate banana orange purple yellow silver golden diamond killer hunter ranger cowboy
  computer internet samsung google facebook iphone windows microsoft apple android china beijing shanghai taiwan
  hongkong vietnam saigon hanoi london newyork america liverpool chelsea arsenal barcelona qwerty qwertz azerty asdf
  zxcv qazwsx wsxedc 1qaz 2wsx 3edc zaq1 xsw2 qwe asd zxc abc xyz 123qwe q1w2e3r4 1q2w3e4r 147258 159357 5201314 1314520`
  .split(/\s+/)
  .sort((left, right) => right.length - left.length);
const rows = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "1234567890qwertyuiop",
];
const looksLike: Readonly<Record<string, string>> = {
  0: "o",
  1: "i",
  3: "e",
  4: "a",
  5: "s",
  7: "t",
  "@": "a",
  $: "s",
};

/** So much must be left of a password after what is easily guessed has been taken out of it. */
const leastRest = 4;

/**
 * @param about what a guesser would know: names, mail addresses
 * @throws Refusal when little is left besides common words, years, rows of keys, repetitions and what is known
 */
export function refuseCommonPassword(password: string, about: readonly string[] = []): void {
  const known = about.flatMap((text) => text.toLowerCase().split(/[@\s.]+/)).filter((word) => word.length >= 4);
  if (restOf(password.toLowerCase(), [...known, ...words]) >= leastRest) return;
  throw new Refusal(
    "invalid",
    "password_too_common",
    "This password is too easily guessed. Choose a longer, rarer one.",
  );
}

/** How many different signs are left. */
function restOf(password: string, guessed: readonly string[]): number {
  let rest = password.replace(/^(.{1,6}?)\1+$/s, "$1");
  for (const word of guessed) rest = withoutWord(rest, word);
  rest = rest.replaceAll(/(?:19|20)\d\d/g, " ").replaceAll(/(.)\1\1+/gs, " ");
  for (const row of rows) rest = withoutRuns(withoutRuns(rest, row), [...row].reverse().join(""));
  return new Set(rest.replaceAll(/[\s!.,?*#_-]/g, "")).size;
}

/** Takes out a word, be it written with digits and signs that look like its letters. */
function withoutWord(text: string, word: string): string {
  const read = text.replace(/[013457@$]/g, (sign) => looksLike[sign] ?? sign);
  let kept = text;
  for (const form of [text, read]) {
    for (let at = form.indexOf(word); at >= 0; at = form.indexOf(word, at + word.length)) {
      kept = kept.slice(0, at) + " ".repeat(word.length) + kept.slice(at + word.length);
    }
  }
  return kept;
}

/** Takes out pieces of four and more that stand so in a row of keys. */
function withoutRuns(text: string, row: string): string {
  let kept = "";
  for (let at = 0; at < text.length; ) {
    let length = 1;
    while (at + length < text.length && row.includes(text.slice(at, at + length + 1))) length++;
    if (length < 4) kept += text.slice(at, at + length);
    at += length;
  }
  return kept;
}
