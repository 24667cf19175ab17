import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { findActiveStaff } from "./references.sql.ts";

/** Refuses anyone who is not an active member of the provider's staff. */
export async function checkStaff(tx: Tx, ids: readonly (string | null | undefined)[]): Promise<void> {
  const wanted = ids.filter((id) => typeof id === "string");
  const found = await findActiveStaff(tx, wanted);
  if (wanted.every((id) => found.has(id))) return;
  throw new Refusal("not_found", "member_unknown", "That member of staff does not exist, or is no longer active.");
}

/** Refuses what is no IANA time zone. An offset is none: it knows no daylight saving. */
export function checkTimeZone(timeZone: string): void {
  if (/^[A-Za-z]/.test(timeZone) && isZone(timeZone)) return;
  throw new Refusal("invalid", "time_zone_unknown", "That is not a time zone. Use a name such as Asia/Shanghai.");
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
