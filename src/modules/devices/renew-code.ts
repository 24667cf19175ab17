import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { refuseStale } from "../../platform/versions.ts";
import type { Device } from "./api.ts";
import { claimCode, giveUpCode } from "./codes.sql.ts";
import { lockDevice, updateCode } from "./devices.sql.ts";
import { getDevice } from "./get-device.ts";

/** Gives a device another code, for a label that was stolen or copied: the old one opens nothing any more. */
export async function renewCode(tx: Tx, actor: Actor, id: string, expected: number | undefined): Promise<Device> {
  await lockDevice(tx, id);
  const present = await getDevice(tx, actor, id);
  refuseStale(expected, present.version);
  await giveUpCode(tx, id);
  updateCode(tx, id, await claimCode(tx, id));
  const subject = { kind: "device", id, version: present.version + 1 };
  const audience = { customerId: present.customerId, siteId: present.siteId };
  record(tx, actor, "devices.code_renewed", subject, {}, audience);
  return getDevice(tx, actor, id);
}
