import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Pool } from "pg";
import type { Actor } from "../../platform/actor.ts";
import { instantText, now, nowText } from "../../platform/clock.ts";
import type { Database } from "../../platform/db.ts";
import type { Authenticator } from "../../platform/http.ts";
import type { Log } from "../../platform/log.ts";
import { Refusal } from "../../platform/refusal.ts";
import { addressPrefix } from "./address-prefix.ts";
import { rememberActor } from "./credential-cache.ts";
import { type CredentialRow, findKey, findSession, touchKey, touchSession } from "./credentials.sql.ts";
import { permissionsOf } from "./permissions.ts";

/** A session that was not used for so long has ended. */
const idleDays = 14;
const dayMilliseconds = 86_400_000;
const touchEveryMilliseconds = 60_000;
const keyShape = /^msk_[A-Za-z0-9_-]{43}$/;

/**
 * Knows who holds a session cookie: the signature is checked, then one statement looks the session up. A cookie that
 * stands for nobody is no refusal: public pages work with it.
 */
export function sessionAuthenticator(
  db: Database,
  options: { cookieName: string; secret: string; log: Log },
): Authenticator {
  return async (request) => {
    const cookie = request.cookies[options.cookieName];
    if (cookie === undefined) return undefined;
    return rememberActor("session", cookie, async () => {
      const token = signedToken(cookie, options.secret);
      const row = token && (await findSession(db.pool, token, nowText(), idleSince()));
      if (!row) return undefined;
      touchSometimes(row, options.log, (at) =>
        touchSession(db.pool, row.credentialId, at, request.ip, agentOf(request)),
      );
      return actorOf(row, "session");
    });
  };
}

/** Sessions that were last used before this instant have ended. */
export function idleSince(): string {
  return instantText(now().epochMilliseconds - idleDays * dayMilliseconds);
}

/** Whom the session of this token stands for just now, past the cache. */
export async function sessionActor(pool: Pool, token: string): Promise<Actor | undefined> {
  const row = await findSession(pool, token, nowText(), idleSince());
  return row && actorOf(row, "session");
}

/** Knows who holds an API key (`Authorization: Bearer msk_…`). One that is unknown, expired or revoked is refused. */
export function apiKeyAuthenticator(db: Database, options: { log: Log }): Authenticator {
  const failures = countFailures();
  return async (request) => {
    const { authorization } = request.headers;
    if (authorization === undefined || !authorization.startsWith("Bearer msk_")) return undefined;
    const key = authorization.slice("Bearer ".length);
    const actor = keyShape.test(key)
      ? await rememberActor("key", key, () => lookUpKey(db, key, options.log))
      : undefined;
    if (actor) return actor;
    failures.refuseTooMany(addressPrefix(request.ip));
    throw new Refusal("unauthenticated", "key_unknown", "This API key is unknown, expired or revoked.");
  };
}

async function lookUpKey(db: Database, key: string, log: Log): Promise<Actor | undefined> {
  const row = await findKey(db.pool, hashKey(key), nowText());
  if (!row) return undefined;
  touchSometimes(row, log, (at) => touchKey(db.pool, row.credentialId, at));
  return actorOf(row, "api_key");
}

export function hashKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

function actorOf(row: CredentialRow, via: "session" | "api_key"): Actor {
  return {
    kind: row.kind,
    id: row.subjectId,
    tenantId: row.tenantId,
    permissions: permissionsOf(row.roles, row.scopes),
    roles: row.roles,
    locale: row.locale,
    credentialId: row.credentialId,
    via,
  };
}

/** The token of a cookie that we signed: `<token>.<base64 of its HMAC-SHA-256>`. */
export function signedToken(cookie: string, secret: string): string | undefined {
  const dot = cookie.lastIndexOf(".");
  if (dot < 1) return undefined;
  const token = cookie.slice(0, dot);
  const given = Buffer.from(cookie.slice(dot + 1), "base64");
  const right = createHmac("sha256", secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : undefined;
}

/** When it was last used is written once a minute, and nobody waits for it. */
function touchSometimes(row: CredentialRow, log: Log, touch: (at: string) => Promise<void>): void {
  const time = now();
  if (row.seenAt !== null && time.epochMilliseconds - Date.parse(row.seenAt) < touchEveryMilliseconds) return;
  touch(instantText(time)).catch((error) => log.warn({ err: error }, "the use of a credential was not noted"));
}

export function agentOf(request: FastifyRequest): string {
  return (request.headers["user-agent"] ?? "").slice(0, 300);
}

/**
 * A key has 256 random bits, so guessing is hopeless and only its load matters: an address that sends many wrong keys is
 * told to wait, while a right key from the same address always passes.
 */
function countFailures() {
  const mostPerMinute = 60;
  let counts = new Map<string, number>();
  let until = 0;
  return {
    refuseTooMany(prefix: string): void {
      const time = now().epochMilliseconds;
      if (time >= until) {
        counts = new Map();
        until = time + 60_000;
      }
      const count = (counts.get(prefix) ?? 0) + 1;
      counts.set(prefix, count);
      if (count <= mostPerMinute) return;
      throw new Refusal(
        "rate_limited",
        "rate_limited",
        "Too many wrong API keys came from this address. Wait a minute.",
      );
    },
  };
}
