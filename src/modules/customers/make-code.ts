const longest = 12;
const attempts = 200;

/** Codes made from a name, the plainest first: `Hòa Phát Steel` → `HOA-PHAT-STE`, then `HOA-PHAT-STE-2` and so on. */
export function* codesFor(name: string): Generator<string> {
  const plain = name.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll(/[đĐ]/g, "D").normalize("NFC");
  const words = plain.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? ["C"];
  const code = words.join("-").slice(0, longest).replace(/-$/, "");
  yield code;
  for (let number = 2; number <= attempts; number++) yield `${code}-${number}`;
  yield `${code}-${Date.now().toString(36)}`;
}
