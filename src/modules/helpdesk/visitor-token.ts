import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "../../platform/actor.ts";
import type { Database } from "../../platform/db.ts";
import type { Authenticator } from "../../platform/http.ts";
import { permissionsOf } from "../identity/index.ts";
import { findVisitorByToken } from "./visitors.sql.ts";

export const visitorCookie = "mainstay_visitor";

/** A link that opens one's own report and nothing else. It names its tenant, so that finding it needs no directory. */
export function makeVisitorToken(tenantId: string): { token: string; tokenHash: Buffer } {
  const tenant = Buffer.from(tenantId.replaceAll("-", ""), "hex").toString("base64url");
  const token = `msv_${tenant}${randomBytes(24).toString("base64url")}`;
  return { token, tokenHash: hashOf(token) };
}

/** The tenant a token names, if it is one. */
export function tenantOfToken(token: string): string | undefined {
  const match = /^msv_([\w-]{22})[\w-]{32}$/.exec(token);
  if (!match?.[1]) return undefined;
  const hex = Buffer.from(match[1], "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Knows a visitor by its token: a bearer token, or the cookie that opening the link has set. */
export function visitorAuthenticator(db: Database): Authenticator {
  return async (request) => {
    const bearer = /^Bearer (msv_.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const token = bearer ?? request.cookies[visitorCookie];
    return token ? findVisitorActor(db, token) : undefined;
  };
}

export async function findVisitorActor(db: Database, token: string): Promise<Actor | undefined> {
  const tenantId = tenantOfToken(token);
  if (!tenantId) return undefined;
  const visitor = await db.asTenant(tenantId, (tx) => findVisitorByToken(tx, hashOf(token)));
  if (!visitor) return undefined;
  const { id, locale } = visitor;
  return {
    kind: "visitor",
    id,
    tenantId,
    permissions: permissionsOf(["visitor"]),
    roles: ["visitor"],
    locale,
    via: "link",
  };
}
