import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { refuseStale } from "../../platform/versions.ts";
import { lockCustomer } from "../customers/index.ts";
import { updateAgreementEnd } from "./agreements.sql.ts";
import type { Agreement, AgreementChange } from "./api.ts";
import { getAgreement } from "./get-visible.ts";
import { refuseBadPeriod } from "./make-agreement.ts";

/** Sets the last day of an agreement, or takes it away. */
export async function endAgreement(
  tx: Tx,
  actor: Actor,
  id: string,
  { endsOn }: AgreementChange,
  expected: number | undefined,
): Promise<Agreement> {
  const { customerId } = await getAgreement(tx, actor, id);
  await lockCustomer(tx, customerId);
  const present = await getAgreement(tx, actor, id);
  refuseStale(expected, present.version);
  await refuseBadPeriod(tx, { ...present, endsOn }, id);
  updateAgreementEnd(tx, id, endsOn);
  const subject = { kind: "agreement", id, version: present.version + 1 };
  record(tx, actor, "contracts.agreement_changed", subject, { endsOn }, { customerId });
  return getAgreement(tx, actor, id);
}
