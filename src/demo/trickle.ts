import { now } from "../platform/clock.ts";
import type { Database } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import { Refusal } from "../platform/refusal.ts";
import { demoTenantId } from "./build-demo.ts";
import type { Errand } from "./errands.ts";
import type { DemoPeople } from "./find-demo.sql.ts";
import { openFault, takeLeftOver } from "./open-errands.ts";
import { seededRandom } from "./random.ts";

const lookEveryMs = 3000;
const mostAtOnce = 15;

/**
 * Keeps the demo alive: every 20 to 60 seconds something fails at the chain or the manufacturer, and engineers deal with
 * it in minutes, all through the ordinary use cases. Never touches what somebody with a login has opened.
 */
export function startTrickle(db: Database, people: DemoPeople, log: Log): { stop(): Promise<void> } {
  const random = seededRandom(`trickle ${now().epochMilliseconds}`);
  const errands = new Set<Errand>();
  let nextFaultAt = now().epochMilliseconds + random.whole(5_000, 20_000);
  let nextLeftAt = now().epochMilliseconds + 60_000;
  let running: Promise<void> | undefined;

  async function turn(): Promise<void> {
    const at = now().epochMilliseconds;
    if (at >= nextFaultAt) {
      nextFaultAt = at + random.whole(20_000, 60_000);
      const errand = errands.size < mostAtOnce ? await openFault(db, people, random) : undefined;
      if (errand) errands.add(errand);
    }
    if (at >= nextLeftAt) {
      nextLeftAt = at + 120_000;
      const errand = await takeLeftOver(db, people, random);
      if (errand) errands.add(errand);
    }
    for (const errand of errands) {
      const [step] = errand.steps;
      if (!step) errands.delete(errand);
      else if (step.at <= at) {
        errand.steps.shift();
        // Somebody who looks at the demo may have been quicker: then it is theirs.
        if (!(await take(db, step.act))) errands.delete(errand);
      }
    }
  }

  const look = setInterval(() => {
    running ??= turn()
      .catch((error) => log.warn({ err: error }, "the demo's trickle stumbled"))
      .finally(() => {
        running = undefined;
      });
  }, lookEveryMs);
  look.unref();
  return {
    async stop() {
      clearInterval(look);
      await running;
    },
  };
}

async function take(db: Database, act: Errand["steps"][number]["act"]): Promise<boolean> {
  try {
    await db.asTenant(demoTenantId, act);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.kind !== "unavailable") return false;
    throw error;
  }
}
