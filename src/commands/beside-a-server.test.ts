import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { Type } from "typebox";
import { Parse } from "typebox/value";
import { freePort, type RunningServer, startServer } from "../../test/running-server.ts";
import { fastParent, makeTemporaryFolder } from "../../test/temporary-folder.ts";
import { readConfig } from "../platform/config.ts";
import { joinInstallation } from "./join-installation.ts";

const cli = join(import.meta.dirname, "../cli.ts");

describe("api-key and doctor, beside a running server and without one", () => {
  const dataDir = makeTemporaryFolder("commands", fastParent());
  let server: RunningServer;

  function mainstay(...args: string[]): Promise<{ code: number; output: string; errors: string }> {
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [cli, ...args, "--data", dataDir], (_error, output, errors) =>
        resolve({ code: child.exitCode ?? -1, output, errors }),
      );
    });
  }
  async function me(key: string): Promise<{ name: string; permissions: string[] }> {
    const answer = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
    assert.equal(answer.status, 200);
    return Parse(Type.Object({ name: Type.String(), permissions: Type.Array(Type.String()) }), await answer.json());
  }

  async function asOwner(statements: string): Promise<void> {
    const installation = await joinInstallation(readConfig(["--data", dataDir], {}));
    const client = new pg.Client(installation.owner);
    await client.connect();
    await client.query(statements);
    await client.end();
    await installation.stop();
  }

  before(async () => {
    server = await startServer({ dataDir, port: await freePort(), env: { MAINSTAY_TEST_WEB: "off" } });
    const answer = await fetch(`${server.url}/api/v1/setup`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        providerName: "Fix It",
        locale: "en",
        timeZone: "Asia/Shanghai",
        currency: "CNY",
        ownerName: "Li Na",
        ownerEmail: "li@example.com",
        password: "a quiet harbour at dusk",
      }),
    });
    assert.equal(answer.status, 201, await answer.text());
  });
  after(async () => {
    await server.kill("SIGTERM");
    await rm(dataDir, { recursive: true, force: true });
  });

  test("a key made beside the running server acts as its owner, within its scopes", async () => {
    const made = await mainstay(
      "api-key",
      "create",
      "--email",
      "Li@example.com",
      "--name",
      "Reports",
      "--scope",
      "ticket.read",
    );
    assert.equal(made.code, 0, made.errors);
    assert.match(made.output, /^msk_\S+\n$/);
    const { name, permissions } = await me(made.output.trim());
    assert.equal(name, "Li Na");
    assert.deepEqual(permissions, ["ticket.read"]);
  });

  test("what cannot be meant is answered in a sentence", async () => {
    const nobody = await mainstay("api-key", "create", "--email", "no@example.com", "--name", "x");
    assert.equal(nobody.code, 2);
    assert.match(nobody.errors, /Nobody with the mail address no@example.com/);
    assert.match((await mainstay("api-key", "create", "--email", "li@example.com")).errors, /needs --email and --name/);
    assert.match(
      (await mainstay("api-key", "create", "--email", "li@example.com", "--name", "x", "--scope", "fly")).errors,
      /There is no right fly/,
    );
    assert.equal((await mainstay("api-key", "revoke", "01900000-0000-7000-8000-000000000000")).code, 2);
    assert.equal((await mainstay("api-key", "dance")).code, 2);
  });

  test("keys are listed without their secret, and revoked", async () => {
    const listed = await mainstay("api-key", "list");
    assert.match(listed.output, /fix-it {2}Li Na {2}Reports {2}msk_\S{6}… {2}ticket\.read/);
    const id = listed.output.split(" ")[0] ?? "";
    assert.equal((await mainstay("api-key", "revoke", id)).code, 0);
    assert.equal((await mainstay("api-key", "list")).output, "");
  });

  test("the doctor finds a sound installation sound while it runs", async () => {
    const { code, output } = await mainstay("doctor");
    assert.equal(code, 0, output);
    assert.match(output, /✓ database: PostgreSQL 18\S*, running/);
    assert.equal(output.match(/✓/g)?.length, 10);
    assert.equal(output.match(/✗/g), null);
  });

  test("both work without a server, and leave nothing running", async () => {
    await server.kill("SIGTERM");
    const made = await mainstay("api-key", "create", "--email", "li@example.com", "--name", "Later");
    assert.match(made.output, /^msk_\S+\n$/, made.errors);
    const { code, output } = await mainstay("doctor");
    assert.equal(code, 0, output);
    assert.match(output, /started for this look/);
    server = await startServer({ dataDir, port: await freePort(), env: { MAINSTAY_TEST_WEB: "off" } });
    assert.equal((await me(made.output.trim())).name, "Li Na");
  });

  test("the doctor names each thing that is wrong", async () => {
    await chmod(join(dataDir, "secrets"), 0o755);
    await asOwner(`
      alter table helpdesk.ticket no force row level security;
      alter role mainstay_sweep bypassrls;
      insert into platform.seal (tenant_id, sequence, from_id, to_id, events, previous_hash, hash, sealed_at)
        select id, 1, '00000000-0000-0000-0000-000000000000', uuidv7(), 1, '', '', now() from identity.tenant;
      update platform.event set dead_at = now() where type = 'identity.provider_created'`);
    const { code, output } = await mainstay("doctor");
    assert.equal(code, 1);
    assert.match(output, /✗ roles: mainstay_sweep is a superuser or passes row-level security/);
    assert.match(output, /✗ row-level security: not forced on helpdesk.ticket;/);
    assert.match(output, /✗ audit log: of provider \S+: The audit log was changed: seal 1/);
    assert.match(output, /✗ jobs and events: 0 jobs and 1 events were given up/);
    assert.match(output, /✗ data folder: others may read .*secrets; .*chmod go-rwx/);
    assert.match(output, /5 of the checks failed/);
    await asOwner(`update public.mainstay_migration set checksum = 'other' where name like '0001%'`);
    assert.match((await mainstay("doctor")).output, /✗ migrations: 0001_platform.sql changed after running/);
  });

  test("where there is no installation, none is made", async () => {
    const { code, errors } = await new Promise<{ code: number; errors: string }>((resolve) => {
      const child = execFile(process.execPath, [cli, "doctor", "--data", join(dataDir, "nowhere")], (_e, _o, errors) =>
        resolve({ code: child.exitCode ?? -1, errors }),
      );
    });
    assert.equal(code, 1);
    assert.match(errors, /There is no installation in .*nowhere yet/);
  });
});
