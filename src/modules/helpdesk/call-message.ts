import type { Message, MessageLanguage } from "../../platform/delivery/index.ts";
import { locales } from "../../platform/texts.ts";
import { acknowledgeUrl, type CallParts, texts } from "./call-parts.ts";
import type { Outgoing } from "./deliveries.sql.ts";

/** What a call says, in its receiver's language and time zone. */
export function callMessage(parts: CallParts, tenantId: string, call: Outgoing, at: string): Message {
  const language = languageOf(call.locale);
  const say = (key: string, params: Record<string, string | number> = {}) => texts(language, key, params);
  const lines = [
    say("call.place", { site: call.siteName, customer: call.customerName }),
    dueLine(call, language, at),
    say(`call.why.${call.reason}`, { assignee: call.assigneeName ?? say("call.nobody") }),
  ];
  return {
    id: call.id,
    title: say("call.title", { priority: call.priority.toUpperCase(), number: call.number, subject: call.subject }),
    body: lines.filter((line) => line !== "").join("\n"),
    url: `${parts.publicUrl}/desk/${call.ticketId}`,
    urgency: call.priority === "p1" || call.priority === "p2" ? "critical" : "normal",
    tag: call.ticketId,
    language,
    acknowledgeUrl: acknowledgeUrl(parts, tenantId, call.id),
  };
}

/** "Send me a test." */
export function testMessage(parts: CallParts, id: string, locale: string): Message {
  const language = languageOf(locale);
  return {
    id,
    title: texts(language, "test.title"),
    body: texts(language, "test.body"),
    url: parts.publicUrl,
    urgency: "normal",
    tag: `test-${id}`,
    language,
  };
}

export function languageOf(locale: string): MessageLanguage {
  return locales.find((known) => known === locale) ?? "en";
}

function dueLine({ dueAt, dueTarget, timeZone }: Outgoing, language: MessageLanguage, at: string): string {
  if (dueAt === null || dueTarget === null) return "";
  const time = clockOf(language, timeZone).format(Date.parse(dueAt));
  const minutes = Math.trunc((Date.parse(dueAt) - Date.parse(at)) / 60_000);
  const target = texts(language, `call.target.${dueTarget}`);
  const key = minutes < 0 ? "call.overdue" : "call.due";
  return texts(language, key, { target, time, left: spanText(Math.abs(minutes), language) });
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than all else that a message needs. */
function clockOf(language: MessageLanguage, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`;
  const known = clocks.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, { timeZone, dateStyle: "short", timeStyle: "short" });
  clocks.set(key, made);
  return made;
}

function spanText(minutes: number, language: MessageLanguage): string {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return texts(language, "span.days", { days, hours });
  if (hours > 0) return texts(language, "span.hours", { hours, minutes: rest });
  return texts(language, "span.minutes", { minutes: rest });
}
