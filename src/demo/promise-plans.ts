import type { PauseReason, SlaTarget } from "../modules/contracts/index.ts";
import type { CustomerKey } from "./customer-cast.ts";

export interface PromisePlan {
  name: string;
  pausingReasons: PauseReason[];
  reopenWithinDays: number;
  closeAfterDays: number;
  targets: SlaTarget[];
}

const priorities = ["p1", "p2", "p3", "p4"] as const;
const targets = ["response", "restore", "resolve"] as const;
const tiers = [
  ["vip", 0.5],
  ["standard", 1],
  ["basic", 1.5],
] as const;

/** @param standard minutes of response, restore and resolve for each priority */
function targetsOf(standard: readonly (readonly [number, number, number])[]): SlaTarget[] {
  return tiers.flatMap(([tier, factor]) =>
    priorities.flatMap((priority, row) =>
      targets.map((target, column) => ({
        tier,
        priority,
        target,
        targetMinutes: Math.round((standard[row]?.[column] ?? 480) * factor),
      })),
    ),
  );
}

/** What each customer is promised, in minutes of its sites' hours. */
export const promisePlans: Readonly<Record<CustomerKey | "others", PromisePlan>> = {
  chain: {
    name: "门店金牌服务",
    pausingReasons: ["waiting_for_user", "waiting_for_supplier", "agreed_appointment"],
    reopenWithinDays: 14,
    closeAfterDays: 3,
    targets: targetsOf([
      [15, 120, 480],
      [30, 240, 960],
      [60, 480, 1440],
      [240, 960, 2880],
    ]),
  },
  agent: {
    name: "分行服務水平",
    pausingReasons: ["waiting_for_user", "waiting_for_supplier", "agreed_appointment", "planned_maintenance"],
    reopenWithinDays: 10,
    closeAfterDays: 2,
    targets: targetsOf([
      [30, 240, 540],
      [60, 480, 1080],
      [120, 960, 1620],
      [480, 1620, 2700],
    ]),
  },
  maker: {
    name: "Cam kết nhà máy",
    pausingReasons: ["waiting_for_supplier", "agreed_appointment", "planned_maintenance"],
    reopenWithinDays: 30,
    closeAfterDays: 5,
    targets: targetsOf([
      [15, 90, 480],
      [30, 240, 1440],
      [120, 1440, 4320],
      [480, 2880, 7200],
    ]),
  },
  others: {
    name: "Standard",
    pausingReasons: ["waiting_for_user", "waiting_for_supplier", "agreed_appointment"],
    reopenWithinDays: 14,
    closeAfterDays: 3,
    targets: targetsOf([
      [60, 480, 960],
      [120, 960, 1440],
      [240, 1440, 2400],
      [480, 2400, 4800],
    ]),
  },
};
