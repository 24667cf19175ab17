import { masked } from "./destinations.ts";

/** Members of gateway settings that are no secret. All else may hold one, so it is masked, `{{to}}` and `{{text}}` excepted. */
const open: ReadonlySet<string> = new Set([
  "host",
  "port",
  "secure",
  "requireTls",
  "user",
  "from",
  "method",
  "success",
  "maxSegments",
]);

/** Settings as they may be shown: each secret stands as a mask. */
export function withoutSecrets(settings: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      if (open.has(name)) return [name, value];
      return [name, name === "url" ? withoutQuery(String(value)) : maskedDeep(value)];
    }),
  );
}

/** The address that secrets belong to: who gets to see them. */
export function addressOf(shown: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([shown.host, shown.port, shown.secure, shown.requireTls, shown.user, shown.url, shown.method]);
}

/** Settings that came back: what stands there exactly as it was shown is what it was. */
export function restoreSecrets(next: unknown, shown: unknown, previous: unknown): unknown {
  if (JSON.stringify(next) === JSON.stringify(shown)) return previous;
  if (!isRecord(next) || !isRecord(shown) || !isRecord(previous)) return next;
  return Object.fromEntries(
    Object.entries(next).map(([name, value]) => [name, restoreSecrets(value, shown[name], previous[name])]),
  );
}

/** Whether a mask stands anywhere: a secret that was not restored. */
export function hasMasks(value: unknown): boolean {
  if (typeof value === "string") return value.includes(masked);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasMasks);
}

function maskedDeep(value: unknown): unknown {
  if (typeof value === "string") return /^\{\{(to|text)\}\}$/.test(value) ? value : masked;
  if (Array.isArray(value)) return value.map(maskedDeep);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, maskedDeep(each)]));
  return masked;
}

/** A key often stands in the query or as a part of the path; the host says whose service it is. */
function withoutQuery(address: string): string {
  if (!URL.canParse(address)) return masked;
  const url = new URL(address);
  const hasMore = url.pathname !== "/" || url.search !== "";
  return `${url.origin}/${hasMore ? masked : ""}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
