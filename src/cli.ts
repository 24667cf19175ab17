import { CannotStart } from "./platform/cannot-start.ts";
import { BadConfig } from "./platform/config.ts";
import { stopWithLauncher } from "./platform/launcher-watch.ts";

type Command = (args: string[]) => Promise<number>;

/** What `mainstay <command>` can do. Each is loaded when it is asked for, and answers an exit code. */
const commands: Readonly<Record<string, { usage: string; load: () => Promise<Command> }>> = {
  start: {
    usage: "[--demo] [--port n] [--host h] [--data folder]  serve",
    load: async () => (await import("./commands/start.ts")).startCommand,
  },
  worker: {
    usage: "run jobs only, beside servers on the same DATABASE_URL",
    load: async () => (await import("./commands/start.ts")).workerCommand,
  },
  migrate: {
    usage: "bring the database to this version",
    load: async () => (await import("./commands/migrate.ts")).migrateCommand,
  },
  schema: {
    usage: "print the schema of the migrated database",
    load: async () => (await import("./commands/migrate.ts")).schemaCommand,
  },
  "api-key": {
    usage: "create --email <member> --name <name> [--scope s]… | list | revoke <id>",
    load: async () => (await import("./commands/api-key.ts")).apiKeyCommand,
  },
  doctor: { usage: "check the installation", load: async () => (await import("./commands/doctor.ts")).doctorCommand },
  compute: {
    usage: "<engine>  one JSON document in, one out",
    load: async () => {
      const { runCompute } = await import("./compute.ts");
      return ([engine = ""]) => runCompute(engine, process.stdin, process.stdout, process.stderr);
    },
  },
};

stopWithLauncher();
const [name = "start", ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  const lines = Object.entries(commands).map(([each, { usage }]) => `  ${each.padEnd(9)} ${usage}`);
  process.stderr.write(`There is no command "${name}". Commands:\n${lines.join("\n")}\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await (await command.load())(args);
  } catch (error) {
    const expected = error instanceof CannotStart || error instanceof BadConfig;
    process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}
