import { nowText } from "../src/platform/clock.ts";
import type { EventRow } from "../src/platform/events.ts";
import { uuidv7 } from "../src/platform/uuidv7.ts";

/** An event of a tenant as a reaction receives it. */
export function eventOf(type: string, subjectId: string, data: Record<string, unknown> = {}): EventRow {
  return {
    id: uuidv7(),
    type,
    subjectKind: type.split(".")[1]?.split("_")[0] ?? "",
    subjectId,
    subjectVersion: 1,
    data,
    actorKind: "system",
    actorId: "00000000-0000-0000-0000-000000000000",
    customerId: null,
    siteId: null,
    audience: [],
    recordedAt: nowText(),
    attempts: 0,
    retryAt: null,
  };
}
