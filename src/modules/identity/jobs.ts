import type { Gateways } from "../../platform/delivery/index.ts";
import type { Job } from "../../platform/jobs.ts";
import type { Identity } from "./identity.ts";
import { makeResetJob } from "./passwords-of-logins.ts";
import { sendMailJob } from "./send-mail.ts";

/** The mails of this module, and what prepares them. */
export function identityJobs(identity: Identity, gateways: Gateways): Job[] {
  return [sendMailJob(identity, gateways), makeResetJob(identity)];
}
