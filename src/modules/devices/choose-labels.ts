import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { getSite } from "../customers/index.ts";
import type { LabelOrder } from "./api.ts";
import { type Label, listLabels } from "./devices.sql.ts";
import { deviceUnknown } from "./get-device.ts";

const mostLabels = 480;

/** What to print for an order: of all its devices or of none. */
export async function chooseLabels(tx: Tx, actor: Actor, { deviceIds, siteId }: LabelOrder): Promise<Label[]> {
  if ((deviceIds === undefined) === (siteId === undefined)) {
    throw new Refusal("invalid", "which_devices", "Name either the devices or their site.");
  }
  if (siteId !== undefined) await getSite(tx, actor, siteId);
  const which = siteId === undefined ? { deviceIds: deviceIds ?? [] } : { siteId };
  const labels = await listLabels(tx, actor, which, mostLabels + 1);
  if (deviceIds && labels.length !== deviceIds.length) throw deviceUnknown();
  if (labels.length === 0) throw new Refusal("invalid", "nothing_to_print", "This site has no devices in service.");
  if (labels.length > mostLabels) {
    throw new Refusal("invalid", "too_many_labels", `Print at most ${mostLabels} labels at a time; name the devices.`);
  }
  return labels;
}
