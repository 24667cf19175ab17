import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { getSite } from "../customers/index.ts";
import type { Device, NewDevice } from "./api.ts";
import { claimCode } from "./codes.sql.ts";
import { insertDevice, type StoredDevice } from "./devices.sql.ts";
import { getDevice } from "./get-device.ts";

/** Registers a device and gives it the code for its label. */
export async function createDevice(tx: Tx, actor: Actor, input: NewDevice): Promise<Device> {
  const site = await getSite(tx, actor, input.siteId);
  const device: StoredDevice = {
    customerId: site.customerId,
    siteId: site.id,
    name: input.name.trim(),
    type: input.type.trim(),
    manufacturer: input.manufacturer?.trim() ?? "",
    model: input.model?.trim() ?? "",
    serial: wordOrNull(input.serial),
    assetTag: wordOrNull(input.assetTag),
    purchasedOn: input.purchasedOn ?? null,
    installedOn: input.installedOn ?? null,
    warrantyUntil: input.warrantyUntil ?? null,
    status: input.status ?? "in_service",
  };
  checkDates(device);
  const id = uuidv7();
  const code = await claimCode(tx, id);
  insertDevice(tx, { ...device, id, code, createdAt: nowText() });
  const audience = { customerId: site.customerId, siteId: site.id };
  record(tx, actor, "devices.device_created", { kind: "device", id, version: 1 }, {}, audience);
  return getDevice(tx, actor, id);
}

/** An empty serial number is none: two of them are not the same device. */
export function wordOrNull(text: string | null | undefined): string | null {
  return text?.trim() || null;
}

export function checkDates({ purchasedOn, installedOn, warrantyUntil }: StoredDevice): void {
  if (purchasedOn && warrantyUntil && warrantyUntil < purchasedOn) {
    throw new Refusal("invalid", "warranty_before_purchase", "The warranty ends before the day of purchase.");
  }
  if (purchasedOn && installedOn && installedOn < purchasedOn) {
    throw new Refusal("invalid", "installed_before_purchase", "It was installed before the day of purchase.");
  }
}
