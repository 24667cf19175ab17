import { type Static, Type } from "typebox";
import type { Queries } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";

const Count = Type.Object({ attempts: Type.Integer(), resetsAt: Type.String() });
export type Count = Static<typeof Count>;

/** Counts one attempt, in a new window when the old one is over. Concurrent attempts are counted one after the other. */
export function countAttempt(tx: Queries, key: string, now: string, windowEnd: string): Promise<Count> {
  return tx.one(
    Count,
    sql`insert into identity.throttle (key, attempts, resets_at) values (${key}, 1, ${windowEnd})
      on conflict (key) do update set
        attempts = case when throttle.resets_at <= ${now} then 1 else throttle.attempts + 1 end,
        resets_at = case when throttle.resets_at <= ${now} then excluded.resets_at else throttle.resets_at end
      returning throttle.attempts, throttle.resets_at as "resetsAt"`,
  );
}

export function uncountAttempts(tx: Queries, keys: readonly string[]): Promise<number> {
  return tx.run(sql`
    update identity.throttle set attempts = throttle.attempts - 1
    where throttle.key = any(${[...keys]}::text[]) and throttle.attempts > 0`);
}
