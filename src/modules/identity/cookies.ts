import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Identity } from "./identity.ts";
import { shortHash } from "./throttle.ts";

const yearSeconds = 365 * 86_400;

/** Signs this browser in: the token, with the signature that the library and our own look-up check. */
export function setSessionCookie(identity: Identity, reply: FastifyReply, token: string): void {
  const { name, attributes } = identity.library.cookie;
  reply.setCookie(name, `${token}.${identity.library.sign(token)}`, attributes);
}

export function clearSessionCookie(identity: Identity, reply: FastifyReply): void {
  const { name, attributes } = identity.library.cookie;
  reply.clearCookie(name, { ...attributes, maxAge: 0 });
}

/**
 * A browser on which this login has proven itself, by password, passkey or mail link, keeps a signed note of it. It lets
 * nobody in; it only gives the browser a limit of its own when passwords are guessed elsewhere.
 */
export function knownDevice(
  identity: Identity,
  request: FastifyRequest,
  loginId: string | undefined,
): string | undefined {
  if (loginId === undefined) return undefined;
  const [device, signature] = (request.cookies[deviceCookie(loginId)] ?? "").split(".");
  if (!device || !signature) return undefined;
  const given = Buffer.from(signature, "base64url");
  const right = sign(identity, loginId, device);
  return given.length === right.length && timingSafeEqual(given, right) ? device : undefined;
}

export function rememberDevice(
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  loginId: string,
): void {
  const device = knownDevice(identity, request, loginId) ?? randomBytes(16).toString("base64url");
  const value = `${device}.${sign(identity, loginId, device).toString("base64url")}`;
  reply.setCookie(deviceCookie(loginId), value, { ...identity.library.cookie.attributes, maxAge: yearSeconds });
}

function deviceCookie(loginId: string): string {
  return `mainstay.device.${shortHash(loginId).slice(0, 8)}`;
}

function sign(identity: Identity, loginId: string, device: string): Buffer {
  return createHmac("sha256", identity.key).update(`known device ${loginId} ${device}`).digest();
}
