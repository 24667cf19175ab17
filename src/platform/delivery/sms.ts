import type { Delivery, DestinationOf, Message } from "./destination.ts";
import type { Gateways, SmsGateway } from "./gateways.ts";
import type { Answer, OutwardRequest } from "./send-request.ts";
import { jsonObject, judgeStatus, sendRequest } from "./send-request.ts";
import { fitSms } from "./sms-length.ts";

const DEFAULT_SEGMENTS = 3;
// Set by the connection itself; a gateway's settings must not smuggle a second request in.
const reserved = new Set([
  "host",
  "content-length",
  "transfer-encoding",
  "connection",
  "upgrade",
  "expect",
  "trailer",
  "te",
]);

/** Sends through the configured HTTP gateway. */
export async function deliverSms(
  destination: DestinationOf<"sms">,
  message: Message,
  gateways: Gateways,
  signal?: AbortSignal,
): Promise<Delivery> {
  const gateway = gateways.sms;
  if (!gateway) return { outcome: "refused", detail: "No SMS gateway is set up." };
  const text = fitSms(message, gateway.maxSegments ?? DEFAULT_SEGMENTS);
  const sent = await sendRequest({
    ...smsRequest(gateway, { to: destination.to, text }),
    allowPrivate: (gateways.allowPrivateGateways || gateways.allowPrivateDestinations) ?? false,
    signal,
  });
  return "failure" in sent ? sent.failure : judgeSms(gateway, sent.answer);
}

type Blanks = { to: string; text: string };

function fill(template: string, blanks: Blanks, encode: (value: string) => string = (value) => value): string {
  return template.replace(/\{\{(to|text)\}\}/g, (_, name) => encode(name === "to" ? blanks.to : blanks.text));
}

/** Fills strings inside a parsed value, so that no text can end a JSON string and add fields. */
function fillValue(value: unknown, blanks: Blanks): unknown {
  if (typeof value === "string") return fill(value, blanks);
  if (Array.isArray(value)) return value.map((item) => fillValue(item, blanks));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillValue(item, blanks)]));
}

function smsRequest(gateway: SmsGateway, blanks: Blanks): Omit<OutwardRequest, "allowPrivate"> {
  const own = Object.entries(gateway.headers ?? {}).filter(([name]) => !reserved.has(name.toLowerCase()));
  const headers: Record<string, string> = Object.fromEntries(own);
  const request = {
    service: "The SMS gateway",
    url: fill(gateway.url, blanks, encodeURIComponent),
    method: gateway.method,
  };
  if (gateway.method === "GET") return { ...request, headers };
  if (gateway.form) {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(gateway.form)) form.set(name, fill(value, blanks));
    return {
      ...request,
      headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
      body: form.toString(),
    };
  }
  const body = JSON.stringify(fillValue(gateway.json ?? {}, blanks));
  return { ...request, headers: { "Content-Type": "application/json; charset=utf-8", ...headers }, body };
}

function judgeSms(gateway: SmsGateway, answer: Answer): Delivery {
  const byStatus = judgeStatus("The SMS gateway", answer);
  if (byStatus.outcome !== "delivered_to_service" || !gateway.success) return byStatus;
  const found = valueAt(jsonObject(answer.text), gateway.success.path);
  if (found === gateway.success.equals) return byStatus;
  return {
    outcome: "refused",
    detail: `The SMS gateway answered ${answer.status}, but ${gateway.success.path} is ${JSON.stringify(found) ?? "missing"}: ${answer.text}`,
  };
}

function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const name of path.split(".")) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, name)) return undefined;
    current = Reflect.get(current, name);
  }
  return current;
}
