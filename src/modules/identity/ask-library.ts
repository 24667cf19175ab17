import type { FastifyRequest } from "fastify";
import { Refusal } from "../../platform/refusal.ts";
import { agentOf } from "./authenticators.ts";
import type { Identity } from "./identity.ts";
import { addressHeader } from "./sign-in-library.ts";

/** What the sign-in library answered. Its own error texts stay behind. */
export interface LibraryAnswer {
  ok: boolean;
  status: number;
  /** The library's error code, when it is not ok. */
  code: string;
  data: unknown;
  cookies: readonly { name: string; value: string; header: string }[];
}

/**
 * Asks the sign-in library by its own HTTP interface, within this process.
 * @param cookies what it is to see of cookies: the browser's own, or those of an answer before
 */
export async function askLibrary(
  identity: Identity,
  request: FastifyRequest,
  call: { method: "GET" | "POST"; path: string; body?: unknown; cookies?: string },
): Promise<LibraryAnswer> {
  const headers = new Headers({
    origin: new URL(identity.config.publicUrl).origin,
    "user-agent": agentOf(request).replace(/[^\x20-\x7e]/g, "?"),
    [addressHeader]: request.ip,
  });
  if (call.cookies) headers.set("cookie", call.cookies);
  if (call.body !== undefined) headers.set("content-type", "application/json");
  const response = await identity.library.handle(
    new Request(identity.library.baseUrl + call.path, {
      method: call.method,
      headers,
      body: call.body === undefined ? null : JSON.stringify(call.body),
    }),
  );
  const text = await response.text();
  const data: unknown = text === "" ? null : JSON.parse(text);
  const code = memberOf(data, "code");
  // The library takes a passkey that proves nothing for a failure of its own.
  if (response.status >= 500 && code !== "FAILED_TO_VERIFY_REGISTRATION") {
    throw new Error(`the sign-in library answered ${response.status} to ${call.path}: ${text}`);
  }
  return {
    ok: response.ok,
    status: response.status,
    code,
    data,
    cookies: response.headers.getSetCookie().map((header) => {
      const [pair = ""] = header.split(";");
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1), header };
    }),
  };
}

/** The session that an answer opened, by the cookie it sets. */
export function openedSession(identity: Identity, answer: LibraryAnswer): string {
  const cookie = answer.cookies.findLast(({ name, value }) => name === identity.library.cookie.name && value !== "");
  const token = cookie && identity.library.tokenOf(decodeURIComponent(cookie.value));
  if (!token) throw new Error("the sign-in library opened no session");
  return token;
}

/** The cookies of an answer, as the next request to the library brings them. */
export function cookiesOf(answer: LibraryAnswer): string {
  return answer.cookies
    .filter(({ value }) => value !== "")
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
}

/** A text member of a document whose shape is the library's, or "". */
export function memberOf(data: unknown, name: string): string {
  if (typeof data !== "object" || data === null) return "";
  const value: unknown = Object.entries(data).find(([key]) => key === name)?.[1];
  return typeof value === "string" ? value : "";
}

export function wrongCredentials(): Refusal {
  return new Refusal("unauthenticated", "wrong_credentials", "Mail address and password do not match.");
}
