import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { refuseStale } from "../../platform/versions.ts";
import { getSite } from "../customers/index.ts";
import type { Device, DeviceChange } from "./api.ts";
import { checkDates, wordOrNull } from "./create-device.ts";
import { lockDevice, updateDevice } from "./devices.sql.ts";
import { getDevice } from "./get-device.ts";

/** Changes a device. With another site it moves, and belongs to that site's customer. */
export async function changeDevice(
  tx: Tx,
  actor: Actor,
  id: string,
  change: DeviceChange,
  expected: number | undefined,
): Promise<Device> {
  await lockDevice(tx, id);
  const present = await getDevice(tx, actor, id);
  refuseStale(expected, present.version);
  const merged = { ...present, ...change };
  const customerId =
    merged.siteId === present.siteId ? present.customerId : (await getSite(tx, actor, merged.siteId)).customerId;
  const next = {
    ...merged,
    customerId,
    name: merged.name.trim(),
    type: merged.type.trim(),
    manufacturer: merged.manufacturer.trim(),
    model: merged.model.trim(),
    serial: wordOrNull(merged.serial),
    assetTag: wordOrNull(merged.assetTag),
  };
  checkDates(next);
  updateDevice(tx, id, next);
  const subject = { kind: "device", id, version: present.version + 1 };
  const audience = { customerId, siteId: next.siteId };
  record(tx, actor, "devices.device_changed", subject, { members: Object.keys(change) }, audience);
  return getDevice(tx, actor, id);
}
