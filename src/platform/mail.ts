import { oneLine } from "./delivery/cut-text.ts";
import { withoutSecrets } from "./delivery/deliver.ts";
import type { Delivery } from "./delivery/destination.ts";
import type { Gateways } from "./delivery/gateways.ts";
import { sendSmtp } from "./delivery/smtp.ts";

/** A mail of the system's own: an invitation, a sign-in link. */
export type SystemMail = {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** `<local@domain>`, stable over retries: the same id is the same mail. */
  messageId: string;
};

const address = /^[^\s<>,;:"()@]+@[^\s<>,;:"()@]+$/;
const messageId = /^<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>$/;

/** Hands one mail to the mail server, once; what the world does is an outcome, never an exception. */
export async function sendMail(
  gateways: Gateways,
  mail: SystemMail,
  options: { signal?: AbortSignal } = {},
): Promise<Delivery> {
  if (!address.test(mail.to)) return { outcome: "refused", detail: "The recipient is not a mail address." };
  if (!messageId.test(mail.messageId)) throw new Error("A Message-ID has the form <local@domain>.");
  return withoutSecrets(
    await sendSmtp(gateways, { ...mail, subject: oneLine(mail.subject) }, options.signal),
    undefined,
    gateways,
  );
}
