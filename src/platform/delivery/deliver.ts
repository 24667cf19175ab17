import { tidyMessage } from "./cut-text.ts";
import type { Delivery, Destination, Message } from "./destination.ts";
import { deliverDingtalk } from "./dingtalk.ts";
import { deliverEmail } from "./email.ts";
import { deliverFeishu } from "./feishu.ts";
import type { Gateways } from "./gateways.ts";
import { deliverNtfy } from "./ntfy.ts";
import { redact, secretsOf } from "./redact.ts";
import { closeRequestAgents } from "./send-request.ts";
import { deliverSlack } from "./slack.ts";
import { deliverSms } from "./sms.ts";
import { closeSmtpPools } from "./smtp.ts";
import { deliverTeams } from "./teams.ts";
import { deliverWebPush } from "./web-push.ts";
import { deliverWecom } from "./wecom.ts";

/**
 * Hands one message to one destination, once: the caller keeps the state and does the retrying.
 *
 * What the outside world does is an outcome, never an exception. A try takes at most ten seconds (mail thirty); when
 * `signal` aborts it ends at once with `try_later`. Details hold no secret: they are stripped here, for every channel.
 */
export async function deliver(
  destination: Destination,
  message: Message,
  gateways: Gateways,
  options: { signal?: AbortSignal } = {},
): Promise<Delivery> {
  const delivery = await dispatch(destination, tidyMessage(message), gateways, options.signal);
  return withoutSecrets(delivery, destination, gateways);
}

/** The outcome with its detail fit to be stored and shown. */
export function withoutSecrets(delivery: Delivery, destination: Destination | undefined, gateways: Gateways): Delivery {
  if (delivery.outcome === "delivered_to_service") return delivery;
  return { ...delivery, detail: redact(delivery.detail, secretsOf(destination, gateways)) };
}

/** Closes kept connections, for an orderly end. Deliveries after it open new ones. */
export function closeDelivery(): void {
  closeRequestAgents();
  closeSmtpPools();
}

function dispatch(to: Destination, message: Message, gateways: Gateways, signal?: AbortSignal): Promise<Delivery> {
  switch (to.channel) {
    case "web_push":
      return deliverWebPush(to, message, gateways, signal);
    case "email":
      return deliverEmail(to, message, gateways, signal);
    case "sms":
      return deliverSms(to, message, gateways, signal);
    case "wecom":
      return deliverWecom(to, message, gateways, signal);
    case "dingtalk":
      return deliverDingtalk(to, message, gateways, signal);
    case "feishu":
      return deliverFeishu(to, message, gateways, signal);
    case "slack":
      return deliverSlack(to, message, gateways, signal);
    case "teams":
      return deliverTeams(to, message, gateways, signal);
    case "ntfy":
      return deliverNtfy(to, message, gateways, signal);
  }
}
