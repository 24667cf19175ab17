import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Device } from "./api.ts";
import { findDevice } from "./devices.sql.ts";

/** Refuses `device_unknown`, also for one that the actor may not see. */
export async function getDevice(tx: Tx, actor: Actor, id: string): Promise<Device> {
  const device = await findDevice(tx, actor, id);
  if (!device) throw deviceUnknown();
  return device;
}

export function deviceUnknown(): Refusal {
  return new Refusal("not_found", "device_unknown", "That device does not exist.");
}
