import { cutText, oneLine, utf16Units } from "./cut-text.ts";
import type { Destination } from "./destination.ts";
import type { Gateways, SmsGateway } from "./gateways.ts";

/** The parts of a URL that may be secret: path, its longer segments, and every query value, encoded and decoded. */
function secretsOfUrl(text: string): string[] {
  if (!URL.canParse(text)) return [text];
  const url = new URL(text);
  const segments = url.pathname.split("/").filter((segment) => segment.length >= 8);
  return [text, url.pathname, url.search.slice(1), url.hash.slice(1), url.username, url.password, ...segments].concat([
    ...url.searchParams.values(),
  ]);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(stringsIn);
  return [];
}

function secretsOfSms(gateway: SmsGateway): string[] {
  const fixed = stringsIn([gateway.headers, gateway.json, gateway.form]).filter((text) => !text.includes("{{"));
  return [...secretsOfUrl(gateway.url), ...fixed, ...fixed.flatMap((text) => text.split(" "))];
}

export function secretsOf(destination: Destination | undefined, gateways: Gateways): string[] {
  const secrets = [gateways.smtp?.password, gateways.vapid?.privateKey];
  if (gateways.sms) secrets.push(...secretsOfSms(gateways.sms));
  if (destination) {
    if ("webhookUrl" in destination) secrets.push(...secretsOfUrl(destination.webhookUrl));
    if ("secret" in destination) secrets.push(destination.secret);
    if (destination.channel === "web_push") {
      secrets.push(...secretsOfUrl(destination.endpoint), destination.keys.auth, destination.keys.p256dh);
    }
    if (destination.channel === "ntfy") secrets.push(destination.topic, destination.token);
  }
  return secrets.filter((secret): secret is string => secret !== undefined && secret.length >= 4);
}

/** What a stranger said, fit to be stored and shown: without our secrets, links and control characters, one short line. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  // Longest first, or a secret that contains another would be left in pieces.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    clean = clean.replaceAll(secret, "[secret]").replaceAll(encodeURIComponent(secret.toWellFormed()), "[secret]");
  }
  return cutText(oneLine(clean.replace(/\bhttps?:\/\/\S+/gi, "[link]")), 300, utf16Units);
}
