import { Refusal } from "../../platform/refusal.ts";

/** What one may not see does not exist. */
export function refuseInvisible(visible: boolean): void {
  if (!visible) throw new Refusal("not_found", "not_found", "There is nothing here that you may see.");
}
