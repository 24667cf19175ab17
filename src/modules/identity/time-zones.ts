import { Refusal } from "../../platform/refusal.ts";

/** @throws Refusal unless it is an IANA time zone's name */
export function refuseUnknownZone(timeZone: string): void {
  try {
    if (!/^[+-]/.test(timeZone)) return void Temporal.Now.zonedDateTimeISO(timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new Refusal(
    "invalid",
    "time_zone_unknown",
    `"${timeZone}" is not a time zone. Use a name such as Asia/Shanghai.`,
  );
}
