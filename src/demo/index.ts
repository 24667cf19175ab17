import type { Config } from "../platform/config.ts";
import type { Database } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import { ensureDemo } from "./build-demo.ts";
import { type Credentials, ensureCredentials } from "./credentials.ts";
import { startTrickle } from "./trickle.ts";

/**
 * Gives an installation the demo provider, once, and keeps things happening there while it runs. What may be printed are
 * the credentials; they are kept in `<data>/demo.json`. Nothing of the demo reaches anyone outside: no member of staff has
 * a way to be rung but the app, and all addresses are of the reserved domain `.example`.
 */
export async function startDemo(installation: {
  config: Config;
  db: Database;
  log: Log;
}): Promise<{ credentials: Credentials; stop(): Promise<void> }> {
  const { config, db, log } = installation;
  const people = await ensureDemo(db);
  const credentials = await ensureCredentials(config, db, people);
  const trickle = startTrickle(db, people, log);
  return { credentials, stop: () => trickle.stop() };
}
