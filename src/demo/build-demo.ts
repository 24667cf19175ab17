import { createTenant } from "../modules/identity/index.ts";
import { now } from "../platform/clock.ts";
import { type Database, sqlState, uniqueViolation } from "../platform/db.ts";
import { type DemoPeople, findDemoPeople, tenantExists } from "./find-demo.sql.ts";
import { buildForeignProvider } from "./foreign-provider.ts";
import { makeDirectory } from "./make-directory.ts";
import { makeHistory } from "./make-history.ts";
import { seededRandom } from "./random.ts";
import { backdateTenant } from "./write-staff.sql.ts";
import { writeDirectory, writeHistory } from "./write-world.ts";

/** The demo's tenants have ids of their own, so that a start finds what an earlier one has built. */
export const demoTenantId = "01900000-0000-7000-8000-00000000d301";
export const foreignTenantId = "01900000-0000-7000-8000-00000000d302";

/** Finds the demo, or builds it: provider, customers, ninety days; and the foreign provider. */
export async function ensureDemo(db: Database): Promise<DemoPeople> {
  if (!(await tenantExists(db, demoTenantId))) await unlessBuilt(() => buildDemo(db));
  if (!(await tenantExists(db, foreignTenantId))) await unlessBuilt(() => buildForeignProvider(db, foreignTenantId));
  return findDemoPeople(db, demoTenantId, foreignTenantId);
}

/** Another server on the same database may have been quicker: its demo is as good. */
async function unlessBuilt(build: () => Promise<void>): Promise<void> {
  try {
    await build();
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error;
  }
}

async function buildDemo(db: Database): Promise<void> {
  const at = now().epochMilliseconds;
  const random = seededRandom("mainstay demo");
  const directory = makeDirectory(demoTenantId, at, random.fork("directory"));
  const history = makeHistory(directory, at, random.fork("history"));
  await db.asTenant(demoTenantId, async (tx) => {
    await createTenant(tx, {
      name: "Harbourlight IT Services",
      locale: "en",
      timeZone: "Asia/Hong_Kong",
      currency: "HKD",
    });
    backdateTenant(tx, directory.foundedAt);
    writeDirectory(tx, directory, random.fork("writing"));
    writeHistory(tx, history);
  });
}
