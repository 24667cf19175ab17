import { randomBytes } from "node:crypto";

/** Crockford's base 32: no I, L, O, U, so nothing on a label can be mistaken. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 12;

/** A code that nobody can guess: 60 bits. */
export function makeDeviceCode(): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");
}

/** A code as it is kept, out of one that was typed: any case, with or without dashes, O for 0, I and L for 1. */
export function readDeviceCode(text: string): string | undefined {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return code.length === length && [...code].every((letter) => alphabet.includes(letter)) ? code : undefined;
}

/** `K7QM2XD09ABC` → `K7QM-2XD0-9ABC`, easier to read out and to type. */
export function showDeviceCode(code: string): string {
  return code.match(/.{1,4}/g)?.join("-") ?? code;
}
