export { closeDelivery, deliver } from "./deliver.ts";
export type { Channel, Delivery, DestinationOf } from "./destination.ts";
export {
  Destination,
  DingtalkDestination,
  EmailDestination,
  FeishuDestination,
  Message,
  MessageLanguage,
  NtfyDestination,
  SlackDestination,
  SmsDestination,
  TeamsDestination,
  Urgency,
  WebPushDestination,
  WecomDestination,
} from "./destination.ts";
export { domainOf, escapeHtml } from "./email.ts";
export type { Gateways, VapidIdentity } from "./gateways.ts";
export { SmsGateway, SmtpGateway } from "./gateways.ts";
export type { VapidKeys } from "./vapid.ts";
export { deriveVapidKeys, generateVapidKeys, loadVapidKeys } from "./vapid.ts";
