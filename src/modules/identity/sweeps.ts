import { nowText } from "../../platform/clock.ts";
import type { Database } from "../../platform/db.ts";
import type { Sweep } from "../../platform/sweeps.ts";
import { idleSince } from "./authenticators.ts";
import { deleteExpired } from "./expired.sql.ts";

/** Clears away sessions, proofs and limits that have run out; nothing depends on when. */
export function identitySweeps(db: Database): Sweep[] {
  const run = () => db.asGlobal((tx) => deleteExpired(tx, nowText(), idleSince()));
  return [{ name: "identity.expired", everySeconds: 900, run }];
}
