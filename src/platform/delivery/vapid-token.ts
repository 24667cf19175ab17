import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { now } from "../clock.ts";
import type { VapidIdentity } from "./gateways.ts";

const lifetimeSeconds = 12 * 3600;
const keptSeconds = 3600;
const keptLimit = 200;
const kept = new Map<string, { header: string; issuedAt: number }>();

/**
 * The `Authorization` by which a push service knows who sends (RFC 8292): a token for its origin, signed ES256. The same
 * one is used for an hour, as the RFC advises: signing is the dearest part of a message.
 * @throws when the keys are not a pair of P-256 keys in base64url
 */
export function vapidAuthorization(origin: string, vapid: VapidIdentity): string {
  const seconds = Math.floor(now().epochMilliseconds / 1000);
  const place = `${origin} ${vapid.publicKey} ${vapid.subject}`;
  const known = kept.get(place);
  if (known && known.issuedAt <= seconds && seconds < known.issuedAt + keptSeconds) return known.header;
  const claims = { aud: origin, exp: seconds + lifetimeSeconds, sub: vapid.subject };
  const unsigned = `${encode({ typ: "JWT", alg: "ES256" })}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(unsigned), { key: keyOf(vapid), dsaEncoding: "ieee-p1363" });
  const header = `vapid t=${unsigned}.${signature.toString("base64url")}, k=${vapid.publicKey}`;
  kept.delete(place);
  kept.set(place, { header, issuedAt: seconds });
  const [oldest] = kept.keys();
  if (kept.size > keptLimit && oldest !== undefined) kept.delete(oldest);
  return header;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function keyOf({ publicKey, privateKey }: VapidIdentity): KeyObject {
  const point = Buffer.from(publicKey, "base64url");
  if (point.length !== 65) throw new Error("the public VAPID key is not a point of P-256");
  const x = point.toString("base64url", 1, 33);
  const y = point.toString("base64url", 33);
  return createPrivateKey({ key: { kty: "EC", crv: "P-256", x, y, d: privateKey }, format: "jwk" });
}
