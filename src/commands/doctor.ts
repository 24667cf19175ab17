import { stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { listTenantIds } from "../modules/identity/index.ts";
import { findBrokenSeal } from "../platform/audit.ts";
import { openBlobStore } from "../platform/blob-store.ts";
import { type Config, readConfig } from "../platform/config.ts";
import { readMigrations } from "../platform/migrate.ts";
import {
  attachmentHashes,
  clockOf,
  countDeadEvents,
  countDeadJobs,
  looseTables,
  migrationsOf,
  rolesOf,
  versionOf,
} from "./doctor.sql.ts";
import { type JoinedInstallation, joinInstallation } from "./join-installation.ts";

/** What a check found wrong, and what to do about it. */
class Ailment extends Error {}

interface Patient {
  config: Config;
  installation: JoinedInstallation;
  owner: pg.Client;
  tenantIds: readonly string[];
}

interface Check {
  name: string;
  /** Answers what it saw. @throws Ailment when something is wrong */
  look(patient: Patient): Promise<string>;
}

/** `mainstay doctor`: looks at everything an installation stands on, while it runs or not; exit code 1 if something is wrong. */
export async function doctorCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { data: { type: "string" } } });
  const config = readConfig(values.data ? ["--data", values.data] : [], process.env);
  const installation = await joinInstallation(config);
  const owner = new pg.Client(installation.owner);
  owner.on("error", () => {});
  let failed = 0;
  try {
    await owner.connect();
    const patient = { config, installation, owner, tenantIds: [] as string[] };
    for (const { name, look } of checks) {
      const { isWell, words } = await examine(() => look(patient));
      if (!isWell) failed++;
      process.stdout.write(`${isWell ? "✓" : "✗"} ${name}: ${words}\n`);
      // What follows asks the tables of a migrated database.
      if (name === migrations.name) {
        if (!isWell) break;
        patient.tenantIds = await installation.db.asGlobal(listTenantIds);
      }
    }
  } finally {
    await owner.end();
    await installation.stop();
  }
  process.stdout.write(failed === 0 ? "Everything is well.\n" : `${failed} of the checks failed.\n`);
  return failed === 0 ? 0 : 1;
}

async function examine(look: () => Promise<string>): Promise<{ isWell: boolean; words: string }> {
  try {
    return { isWell: true, words: await look() };
  } catch (error) {
    if (error instanceof Ailment) return { isWell: false, words: error.message };
    return {
      isWell: false,
      words: `could not be looked at: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

const database: Check = {
  name: "database",
  async look({ owner, installation }) {
    const version = await versionOf(owner);
    if (version.number < 180_000) throw new Ailment(`PostgreSQL ${version.text} is too old; Mainstay needs 18.`);
    return `PostgreSQL ${version.text}${installation.isRunning ? ", running" : ", started for this look"}`;
  },
};

const migrations: Check = {
  name: "migrations",
  async look({ owner }) {
    const [wanted, done] = [await readMigrations(), await migrationsOf(owner)];
    const missing = wanted.filter(({ name }) => !done.has(name)).map(({ name }) => name);
    if (missing.length > 0) throw new Ailment(`${missing.join(", ")} did not run; \`mainstay migrate\` runs them.`);
    const changed = wanted.filter(({ name, checksum }) => done.get(name) !== checksum).map(({ name }) => name);
    if (changed.length > 0) throw new Ailment(`${changed.join(", ")} changed after running; restore the files.`);
    const unknown = [...done.keys()].filter((name) => !wanted.some((each) => each.name === name));
    if (unknown.length > 0) throw new Ailment(`the database is newer than this program: ${unknown.join(", ")}.`);
    return `${wanted.length}, all as they ran`;
  },
};

const roles: Check = {
  name: "roles",
  async look({ owner }) {
    const found = await rolesOf(owner);
    for (const name of ["mainstay_app", "mainstay_sweep"]) {
      const role = found.find((each) => each.name === name);
      if (!role) throw new Ailment(`there is no role ${name}; \`mainstay migrate\` makes it.`);
      if (role.isPowerful) throw new Ailment(`${name} is a superuser or passes row-level security; take that away.`);
      if (role.owned > 0) throw new Ailment(`${name} owns ${role.owned} tables; it must own none.`);
    }
    return "mainstay_app and mainstay_sweep own nothing and stand above nothing";
  },
};

const sealedTables: Check = {
  name: "row-level security",
  async look({ owner }) {
    const { loose, sealed } = await looseTables(owner);
    if (loose.length > 0) throw new Ailment(`not forced on ${loose.join(", ")}; restore it before serving anyone.`);
    return `forced on all ${sealed} tables of tenants`;
  },
};

const auditLog: Check = {
  name: "audit log",
  async look({ installation: { db }, tenantIds }) {
    for (const tenantId of tenantIds) {
      const broken = await db.asTenant(tenantId, findBrokenSeal);
      if (broken) throw new Ailment(`of provider ${tenantId}: ${broken}`);
    }
    return `${tenantIds.length} chains hold`;
  },
};

const backlog: Check = {
  name: "jobs and events",
  async look({ owner, installation: { db }, tenantIds }) {
    const jobs = await countDeadJobs(owner);
    let events = 0;
    for (const tenantId of tenantIds) events += await db.asTenant(tenantId, countDeadEvents);
    if (jobs + events > 0) throw new Ailment(`${jobs} jobs and ${events} events were given up after many tries.`);
    return "none was given up";
  },
};

const attachments: Check = {
  name: "attachments",
  async look({ config, installation: { db }, tenantIds }) {
    const store = openBlobStore(config);
    let seen = 0;
    const missing: string[] = [];
    for (const tenantId of tenantIds) {
      for (const sha256 of await db.asTenant(tenantId, attachmentHashes)) {
        seen++;
        const content = await store.get(tenantId, sha256);
        if (!content) missing.push(`${tenantId}/${sha256}`);
        else if ("destroy" in content && typeof content.destroy === "function") content.destroy();
      }
    }
    if (missing.length === 0) return `${seen} files, all there`;
    throw new Ailment(`${missing.length} of ${seen} files are missing: ${missing.slice(0, 5).join(", ")}`);
  },
};

const clocks: Check = {
  name: "clock",
  async look({ owner }) {
    const before = Date.now();
    const there = await clockOf(owner);
    const skew = Math.round(Math.max(before - there, there - Date.now(), 0));
    if (skew > 2000)
      throw new Ailment(`this machine and the database differ by ${Math.round(skew / 1000)} s; set both by NTP.`);
    return `differs from the database's by less than ${Math.max(1, Math.ceil(skew / 1000))} s`;
  },
};

const gigabyte = 1024 ** 3;

const disk: Check = {
  name: "disk",
  async look({ config }) {
    const { bavail, bsize, blocks } = await statfs(config.dataDir);
    const [free, share] = [bavail * bsize, bavail / blocks];
    const words = `${(free / gigabyte).toFixed(1)} GB (${Math.round(share * 100)} %) free under ${config.dataDir}`;
    if (free < gigabyte || share < 0.03) throw new Ailment(`only ${words}`);
    return words;
  },
};

const rights: Check = {
  name: "data folder",
  async look({ config }) {
    const isUnix = process.platform !== "win32";
    for (const name of ["secrets", "demo.json"]) {
      const path = join(config.dataDir, name);
      const found = await stat(path).catch(() => undefined);
      if (found && isUnix && (found.mode & 0o077) !== 0) {
        throw new Ailment(`others may read ${path}; take that away with: chmod go-rwx ${path}`);
      }
    }
    return "secrets are for their owner only";
  },
};

const checks: readonly Check[] = [
  database,
  migrations,
  roles,
  sealedTables,
  auditLog,
  backlog,
  attachments,
  clocks,
  disk,
  rights,
];
