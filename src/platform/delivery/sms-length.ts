import type { Measure } from "./cut-text.ts";
import { fitLines } from "./cut-text.ts";
import type { Message } from "./destination.ts";

// The default alphabet of GSM 03.38 (3GPP TS 23.038 §6.2.1); those of the extension table take two septets.
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extended = new Set("\f^{}\\[~]|€");

const isGsm = (text: string) => [...text].every((character) => basic.has(character) || extended.has(character));
const septets: Measure = (text) => [...text].reduce((sum, character) => sum + (extended.has(character) ? 2 : 1), 0);
const utf16: Measure = (text) => text.length;

/** How many segments a text is billed as: 160 or 153 septets each, or 70 or 67 UTF-16 units once one character is not GSM. */
export function smsSegments(text: string): number {
  const gsm = isGsm(text);
  const length = gsm ? septets(text) : utf16(text);
  const [single, joined] = gsm ? [160, 153] : [70, 67];
  return length <= single ? 1 : Math.ceil(length / joined);
}

/** The message as one SMS of at most so many segments. */
export function fitSms(message: Message, maxSegments: number): string {
  const whole = [message.title, message.body, message.url].filter(Boolean).join("\n");
  const gsm = isGsm(whole);
  // One unit less in joined segments: an escape pair or surrogate pair is never split between two.
  const [single, joined] = gsm ? [160, 152] : [70, 66];
  const limit = maxSegments === 1 ? single : joined * maxSegments;
  // "…" is not in the GSM alphabet and would more than halve the room.
  return fitLines(message, limit, gsm ? septets : utf16, gsm ? "..." : "…");
}
