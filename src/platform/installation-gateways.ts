import { join } from "node:path";
import { Check } from "typebox/value";
import { CannotStart } from "./cannot-start.ts";
import type { Config } from "./config.ts";
import { deriveVapidKeys, type Gateways, loadVapidKeys, SmsGateway, SmtpGateway } from "./delivery/index.ts";

type Settings = Pick<
  Config,
  "smtpUrl" | "mailFrom" | "sms" | "secret" | "dataDir" | "publicUrl" | "allowPrivateDestinations"
>;

/** The ways out that the operator set up for everyone: mail server, SMS service, and who we are to push services. */
export async function installationGateways(config: Settings): Promise<Gateways> {
  const smtp = config.smtpUrl === undefined ? undefined : smtpFrom(config.smtpUrl, config.mailFrom);
  const sms = config.sms.url === undefined ? undefined : smsFrom(config.sms.url, config.sms);
  const keys = config.secret ? deriveVapidKeys(config.secret) : await loadVapidKeys(join(config.dataDir, "secrets"));
  return {
    ...(smtp ? { smtp } : {}),
    ...(sms ? { sms } : {}),
    vapid: { subject: subjectOf(config), ...keys },
    allowPrivateDestinations: config.allowPrivateDestinations,
    allowPrivateGateways: true,
  };
}

/** RFC 8292 wants an address at which a push service reaches the operator; some refuse one on localhost. */
function subjectOf({ mailFrom, publicUrl }: Settings): string {
  const address = /([^\s<>]+@[^\s<>]+)>?\s*$/.exec(mailFrom)?.[1];
  if (address && !address.endsWith("@localhost")) return `mailto:${address}`;
  return publicUrl.startsWith("https:") ? publicUrl : "mailto:operator@mainstay.invalid";
}

function smtpFrom(address: string, from: string): SmtpGateway {
  const url = new URL(address);
  const secure = url.protocol === "smtps:";
  const gateway = {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(url.username ? { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } : {}),
    from,
  };
  if (Check(SmtpGateway, gateway)) return gateway;
  throw new CannotStart("MAINSTAY_SMTP_URL or MAINSTAY_MAIL_FROM cannot be read. Use smtp://user:password@host:587.");
}

function smsFrom(url: string, { method, headers, body }: Config["sms"]): SmsGateway {
  const gateway = {
    method: method.toUpperCase(),
    url,
    ...(headers === undefined ? {} : { headers: jsonOf(headers) }),
    ...(body === undefined ? {} : bodyOf(body)),
  };
  if (Check(SmsGateway, gateway)) return gateway;
  throw new CannotStart(
    "MAINSTAY_SMS_URL, _METHOD, _HEADERS or _BODY cannot be read. Headers are a JSON object of texts; the body is a JSON " +
      "object or a form (a=b&c=d), in which {{to}} and {{text}} stand for number and message.",
  );
}

function bodyOf(text: string): { json: unknown } | { form: Record<string, string> } {
  if (text.trimStart().startsWith("{")) return { json: jsonOf(text) };
  return { form: Object.fromEntries(new URLSearchParams(text)) };
}

/** What is no JSON stays a text, and fits nowhere. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
