import { createHash } from "node:crypto";
import { Compile } from "typebox/compile";
import { type Channel, Destination, type Gateways, SmsGateway, SmtpGateway } from "../../platform/delivery/index.ts";
import { type CallParts, gatewayKindOf, unseal } from "./call-parts.ts";

const checked = {
  destination: Compile(Destination),
  smtp: Compile(SmtpGateway),
  sms: Compile(SmsGateway),
};

/** What of a destination may be shown: enough to tell two apart, nothing that lets anyone send. */
export function shownOf(destination: Destination): Record<string, string> {
  switch (destination.channel) {
    case "web_push":
      return { service: hostOf(destination.endpoint) };
    case "email":
    case "sms":
      return { to: destination.to };
    case "ntfy":
      return { server: destination.server, topic: destination.topic, ...(destination.token ? { token: masked } : {}) };
    case "dingtalk":
    case "feishu":
      return {
        service: hostOf(destination.webhookUrl),
        webhookUrl: masked,
        ...(destination.secret ? { secret: masked } : {}),
      };
    default:
      return { service: hostOf(destination.webhookUrl), webhookUrl: masked };
  }
}

/** Stands for a secret. ASCII, because it comes back where only ASCII is taken, in headers for example. */
export const masked = "********";

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}

/** The same destination of the same person is one contact point; a browser is one, whoever is signed in there. */
export function fingerprintOf(destination: Destination, staffId: string): string {
  const what =
    destination.channel === "web_push" ? ["web_push", destination.endpoint] : [staffId, JSON.stringify(destination)];
  return createHash("sha256").update(what.join(" ")).digest("base64url");
}

export const purposeOf = {
  contactPoint: (fingerprint: string) => `contact_point ${fingerprint}`,
  gateway: (kind: string) => `gateway ${kind}`,
};

export function openDestination(
  parts: CallParts,
  tenantId: string,
  row: { sealed: string; fingerprint: string },
): Destination {
  const value = unseal(parts, tenantId, purposeOf.contactPoint(row.fingerprint), row.sealed);
  if (!checked.destination.Check(value)) throw new Error("a stored destination is none");
  return value;
}

/** The ways out of a provider: the installation's, its own gateway before it. A tenant's gateway is no way into our network. */
export function gatewaysOf(parts: CallParts, tenantId: string, channel: Channel, ownSealed: string | null): Gateways {
  const kind = gatewayKindOf(channel);
  if (ownSealed === null || kind === undefined) return parts.gateways;
  const settings = unseal(parts, tenantId, purposeOf.gateway(kind), ownSealed);
  const own = { ...parts.gateways, allowPrivateGateways: parts.gateways.allowPrivateDestinations ?? false };
  if (kind === "smtp" && checked.smtp.Check(settings)) return { ...own, smtp: settings };
  if (kind === "sms" && checked.sms.Check(settings)) return { ...own, sms: settings };
  throw new Error(`a stored gateway is no ${kind} gateway`);
}
