import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";

/** What a browser holds: its keys, of which it gives the public ones away. */
export type Subscriber = {
  id: string;
  keys: { p256dh: string; auth: string };
  privateKey: string;
};

/** A new subscriber as `PushManager.subscribe()` makes one, its private key included. */
export function createSubscription(): Subscriber {
  const curve = createECDH("prime256v1");
  const publicKey = curve.generateKeys();
  return {
    id: randomBytes(12).toString("base64url"),
    keys: { p256dh: publicKey.toString("base64url"), auth: randomBytes(16).toString("base64url") },
    privateKey: curve.getPrivateKey("base64url"),
  };
}

/**
 * Decrypts one push message as a browser does: RFC 8291 over RFC 8188, written from the RFCs and sharing no code with
 * what encrypts. Throws when anything does not fit.
 */
export function decryptPush(subscriber: Pick<Subscriber, "keys" | "privateKey">, body: Buffer): string {
  const salt = body.subarray(0, 16);
  const recordSize = body.readUInt32BE(16);
  const senderKey = body.subarray(21, 21 + body.readUInt8(20));
  if (senderKey.length !== 65) throw new Error("The key id must be the sender's uncompressed P-256 point.");
  const record = body.subarray(21 + senderKey.length);
  if (record.length > recordSize) throw new Error("A push message must be one record (RFC 8291 section 4).");
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(subscriber.privateKey, "base64url");
  const info = Buffer.concat([
    Buffer.from("WebPush: info\0"),
    Buffer.from(subscriber.keys.p256dh, "base64url"),
    senderKey,
  ]);
  const auth = Buffer.from(subscriber.keys.auth, "base64url");
  const inputKey = Buffer.from(hkdfSync("sha256", curve.computeSecret(senderKey), auth, info, 32));
  const key = Buffer.from(hkdfSync("sha256", inputKey, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", inputKey, salt, "Content-Encoding: nonce\0", 12));
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== 2) throw new Error("The last record must end in the delimiter 2 (RFC 8188 section 2).");
  return new TextDecoder("utf-8", { fatal: true }).decode(padded.subarray(0, end));
}

export type VapidClaims = { aud: string; exp: number; sub: string; key: string };

/** The claims of a `vapid t=…, k=…` header whose ES256 signature holds (RFC 8292); undefined otherwise. */
export function verifyVapid(authorization: string | undefined): VapidClaims | undefined {
  const parts = /^vapid\s+t=([\w-]+)\.([\w-]+)\.([\w-]+),\s*k=([\w-]+)$/.exec(authorization ?? "");
  if (!parts) return undefined;
  const [, header = "", payload = "", signature = "", key = ""] = parts;
  const point = Buffer.from(key, "base64url");
  if (point.length !== 65 || point[0] !== 4) return undefined;
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const { alg } = JSON.parse(Buffer.from(header, "base64url").toString());
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  const signed = verify(
    "sha256",
    Buffer.from(`${header}.${payload}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (alg !== "ES256" || !signed) return undefined;
  const { aud, exp, sub } = JSON.parse(Buffer.from(payload, "base64url").toString());
  return { aud, exp, sub, key };
}
