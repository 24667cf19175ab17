import { hash } from "node:crypto";
import { instantText, now } from "../../platform/clock.ts";
import type { Database } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { countAttempt, uncountAttempts } from "./throttle.sql.ts";

/** So many attempts in so many seconds, counted for all processes together. */
export interface Limit {
  key: string;
  attempts: number;
  seconds: number;
}

/**
 * Counts an attempt before it is made, so that a thousand at once are a thousand, against each limit in turn; the first
 * that is used up refuses, and those behind it are spared.
 */
export async function takeAttempt(db: Database, limits: readonly Limit[], advice = "Wait a little."): Promise<void> {
  const time = now();
  const over = await db.asGlobal(async (tx) => {
    for (const limit of limits) {
      const end = instantText(time.add({ seconds: limit.seconds }));
      const { attempts, resetsAt } = await countAttempt(tx, limit.key, instantText(time), end);
      if (attempts > limit.attempts) return resetsAt;
    }
    return undefined;
  });
  if (over === undefined) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((Date.parse(over) - time.epochMilliseconds) / 1000));
  throw new Refusal("rate_limited", "sign_in_throttled", `Too many attempts. ${advice}`, { retryAfterSeconds });
}

/** Takes back what was counted for an attempt that turned out to be rightful. */
export async function returnAttempt(db: Database, limits: readonly Limit[]): Promise<void> {
  const keys = limits.map((limit) => limit.key);
  if (keys.length > 0) await db.asGlobal((tx) => uncountAttempts(tx, keys));
}

/** What stands for a mail address or an id in a limit's key. */
export function shortHash(text: string): string {
  return hash("sha256", text.trim().toLowerCase(), "base64url").slice(0, 22);
}
