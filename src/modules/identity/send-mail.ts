import { join } from "node:path";
import { type Static, Type } from "typebox";
import type { Gateways } from "../../platform/delivery/index.ts";
import { Locale, oneOf } from "../../platform/fields.ts";
import { defineJob, enqueue, type Job } from "../../platform/jobs.ts";
import { sendMail } from "../../platform/mail.ts";
import { decrypt, encrypt } from "../../platform/secrets.ts";
import { loadTexts } from "../../platform/texts.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import type { Identity } from "./identity.ts";

const text = loadTexts(join(import.meta.dirname, "texts"));

const Mail = Type.Object({
  id: Type.String(),
  to: Type.String(),
  locale: Locale,
  text: oneOf("invitation_staff", "invitation_person", "password_reset"),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Integer()])),
  /** Encrypted: whoever reads the job's row must not be able to follow it. */
  link: Type.String(),
});
type Mail = Static<typeof Mail>;

/** Sends a mail after the commit, in its receiver's language; a mail server that is down delays it. */
export function enqueueMail(
  tx: Parameters<typeof enqueue>[0],
  identity: Pick<Identity, "key">,
  mail: Omit<Mail, "id">,
): void {
  const id = uuidv7();
  enqueue(tx, "identity.send_mail", { ...mail, id, link: encrypt(identity.key, mail.link, id) });
}

export function sendMailJob(identity: Identity, gateways: Gateways): Job {
  return defineJob("identity.send_mail", Mail, async (mail) => {
    const host = new URL(identity.config.publicUrl).hostname.replace(/[^A-Za-z0-9.-]/g, "") || "localhost";
    const params = { ...mail.params, link: decrypt(identity.key, mail.link, mail.id) };
    const delivery = await sendMail(gateways, {
      to: mail.to,
      subject: text(mail.locale, `${mail.text}.subject`, params),
      text: text(mail.locale, `${mail.text}.body`, params),
      messageId: `<${mail.id}@${host}>`,
    });
    if (delivery.outcome === "delivered_to_service") return;
    if (delivery.outcome === "try_later") throw new Error(`the mail could not be handed over: ${delivery.detail}`);
    identity.log.error({ mail: mail.id, text: mail.text, detail: delivery.detail }, "a mail was refused for good");
  });
}
