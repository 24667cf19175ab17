import pg from "pg";
import { readConfig } from "../platform/config.ts";
import { silentLog } from "../platform/log.ts";
import { openInstallation } from "../platform/open-installation.ts";
import { printSchema } from "../platform/print-schema.ts";

/** `mainstay migrate`: the same that a start does, and nothing else. */
export async function migrateCommand(args: string[]): Promise<number> {
  const log = { ...silentLog, info: (_fields: unknown, line?: string) => void process.stdout.write(`${line ?? ""}\n`) };
  const installation = await openInstallation(readConfig(args, process.env), log);
  await installation.stop();
  process.stdout.write("The database is of this version.\n");
  return 0;
}

/** `mainstay schema`: what db/schema.sql must hold. */
export async function schemaCommand(args: string[]): Promise<number> {
  const installation = await openInstallation(readConfig(args, process.env), silentLog);
  const client = new pg.Client(installation.owner);
  try {
    await client.connect();
    process.stdout.write(await printSchema(client));
  } finally {
    await client.end();
    await installation.stop();
  }
  return 0;
}
