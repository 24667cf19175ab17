import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import type { Config } from "../../platform/config.ts";
import type { Database } from "../../platform/db.ts";
import type { Channel, Gateways } from "../../platform/delivery/index.ts";
import { installationGateways } from "../../platform/installation-gateways.ts";
import { decrypt, encrypt, loadSecret } from "../../platform/secrets.ts";
import { loadTexts } from "../../platform/texts.ts";

/** What calls need beyond the database: the installation's ways out, its secret, and where people reach it. */
export interface CallParts {
  db: Database;
  gateways: Gateways;
  /** 32 bytes; encrypts destinations and gateways at rest, and signs acknowledgement links. */
  secret: Buffer;
  publicUrl: string;
}

/** The same installation has the same parts, in every process. */
export async function openCalls({ config, db }: { config: Config; db: Database }): Promise<CallParts> {
  return {
    db,
    gateways: await installationGateways(config),
    secret: await loadSecret(config, "calls"),
    publicUrl: config.publicUrl,
  };
}

export const texts = loadTexts(join(import.meta.dirname, "texts"));

/** Which of a provider's own gateways a channel goes through. */
export function gatewayKindOf(channel: Channel): "smtp" | "sms" | undefined {
  if (channel === "email") return "smtp";
  return channel === "sms" ? "sms" : undefined;
}

/** A value for storage, tied to its tenant and purpose so that it cannot be moved to another row. */
export function seal(parts: Pick<CallParts, "secret">, tenantId: string, purpose: string, value: unknown): string {
  return encrypt(parts.secret, JSON.stringify(value), `${tenantId} ${purpose}`);
}

export function unseal(parts: Pick<CallParts, "secret">, tenantId: string, purpose: string, sealed: string): unknown {
  return JSON.parse(decrypt(parts.secret, sealed, `${tenantId} ${purpose}`));
}

const markBytes = 16;

/** Whoever holds this link may acknowledge this one call, and nothing else: for buttons that cannot sign in. */
export function acknowledgeUrl(parts: CallParts, tenantId: string, notificationId: string): string {
  const ids = Buffer.from(`${tenantId}${notificationId}`.replaceAll("-", ""), "hex");
  const token = Buffer.concat([ids, mark(parts, ids)]).toString("base64url");
  return `${parts.publicUrl}/api/v1/acknowledgements/${token}`;
}

/** The call that a token of `acknowledgeUrl` names; undefined for anything that was not made here. */
export function readAcknowledgeToken(
  parts: CallParts,
  token: string,
): { tenantId: string; notificationId: string } | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 32 + markBytes) return undefined;
  const ids = bytes.subarray(0, 32);
  if (!timingSafeEqual(mark(parts, ids), bytes.subarray(32))) return undefined;
  return { tenantId: uuidAt(ids, 0), notificationId: uuidAt(ids, 16) };
}

function mark(parts: CallParts, ids: Buffer): Buffer {
  const key = Buffer.from(hkdfSync("sha256", parts.secret, "", "acknowledgement links", 32));
  return createHmac("sha256", key).update(ids).digest().subarray(0, markBytes);
}

function uuidAt(bytes: Buffer, offset: number): string {
  const hex = bytes.toString("hex", offset, offset + 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
