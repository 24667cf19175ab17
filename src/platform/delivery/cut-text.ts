import type { Message } from "./destination.ts";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export type Measure = (text: string) => number;

export const utf8Bytes: Measure = (text) => Buffer.byteLength(text);
export const utf16Units: Measure = (text) => text.length;
/** Bytes that a text takes inside a JSON string. */
export const jsonBytes: Measure = (text) => Buffer.byteLength(JSON.stringify(text)) - 2;

/** Cuts a text to a limit in the given measure, between graphemes, and says so with an ellipsis. */
export function cutText(text: string, limit: number, measure: Measure, ellipsis = "…"): string {
  if (measure(text) <= limit) return text;
  let used = measure(ellipsis);
  if (used > limit) return "";
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += measure(segment);
    if (used > limit) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd() + ellipsis;
}

/** Title, body and link as plain lines within a limit. The body gives way first, then the title; a link is whole or absent. */
export function fitLines(message: Message, limit: number, measure: Measure, ellipsis = "…"): string {
  const roomForTitle = Math.min(30, limit / 2);
  const link = measure(`\n${message.url}`) <= limit - roomForTitle ? `\n${message.url}` : "";
  const room = limit - measure(link);
  const title = cutText(message.title, room, measure, ellipsis);
  const bodyRoom = room - measure(`${title}\n`);
  const body = message.body ? cutText(message.body, bodyRoom, measure, ellipsis) : "";
  return `${title}${body && body !== ellipsis ? `\n${body}` : ""}${link}`;
}

/** One line of well-formed Unicode without control characters. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** A message that every protocol can carry: well-formed Unicode, no control characters, a title of one line. */
export function tidyMessage(message: Message): Message {
  const body = message.body.toWellFormed().replaceAll("\r\n", "\n");
  return {
    ...message,
    title: oneLine(message.title) || "…",
    body: body.replace(/[^\P{Cc}\n\t]/gu, " ").trim(),
  };
}
