import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { pino } from "pino";
import { permissions, permissionsOf } from "../src/modules/identity/permissions.ts";
import type { Actor } from "../src/platform/actor.ts";
import { nowText } from "../src/platform/clock.ts";
import { readConfig } from "../src/platform/config.ts";
import { type Database, openDatabase } from "../src/platform/db.ts";
import { type App, createApp } from "../src/platform/http.ts";
import { startJobCalls } from "../src/platform/jobs.ts";
import { silentLog } from "../src/platform/log.ts";
import { sql } from "../src/platform/sql.ts";
import { createTestDatabase } from "./database.ts";
import { watchAnswers } from "./documented-answers.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

/** Jobs that the modules enqueue; a world keeps them, and a story runs those it is about. */
const jobNames = [
  "helpdesk.ring",
  "helpdesk.deliver",
  "helpdesk.resume",
  "helpdesk.revise_promises",
  "identity.send_mail",
];

/** Someone who asks over HTTP. */
export interface Caller {
  readonly actor: Actor;
  get(url: string): Promise<Answer>;
  post(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(url: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(url: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(url: string): Promise<Answer>;
}

export interface Answer {
  status: number;
  /** Parsed JSON, or text. */
  body: ReturnType<typeof JSON.parse>;
  headers: Record<string, unknown>;
  bytes: Buffer;
}

/** Some modules' routes on a database of their own. Callers are let in by name, so that sign-in stays out of the story. */
export interface World {
  readonly app: App;
  readonly db: Database;
  provider(settings?: { name?: string; locale?: string; timeZone?: string }): Promise<Provider>;
  /** Nobody: no credential at all. */
  readonly stranger: Caller;
  end(): Promise<void>;
}

export interface Provider {
  readonly tenantId: string;
  staff(role: string, name?: string): Promise<Caller>;
  /** A person that exists already, as `contact` and/or `user`. */
  person(id: string, ...roles: string[]): Caller;
}

export async function startWorld(...routes: readonly ((app: App) => unknown)[]): Promise<World> {
  const folder = makeTemporaryFolder("world");
  const testDatabase = await createTestDatabase();
  const db = openDatabase({ ...testDatabase.connection, user: "mainstay_app" });
  const jobCalls = await startJobCalls(db, jobNames, silentLog);
  const actors = new Map<string, Actor>();
  const app = await createApp({
    config: readConfig(["--data", folder], {}),
    db,
    logger: pino({ level: "error", base: null }, pino.destination(2)),
    knownPermissions: new Set(permissions),
    authenticators: [async (request) => actors.get(request.headers.authorization ?? "")],
  });
  for (const add of routes) await add(app);
  const undocumented = watchAnswers(app);
  await app.ready();
  let providers = 0;

  function callerOf(actor: Actor | undefined): Caller {
    const secret = randomUUID();
    if (actor) actors.set(secret, actor);
    const ask = async (
      method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
      url: string,
      body?: unknown,
      headers = {},
    ) => {
      const answer = await app.inject({
        method,
        url,
        headers: { authorization: secret, ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const isJson = String(answer.headers["content-type"] ?? "").includes("json");
      if (answer.statusCode === 500) assert.fail(`defect at ${method} ${url}: ${answer.body}`);
      return {
        status: answer.statusCode,
        body: isJson ? answer.json() : answer.body,
        headers: answer.headers,
        bytes: answer.rawPayload,
      };
    };
    return {
      actor: actor as Actor,
      get: (url) => ask("GET", url),
      post: (url, body, headers) => ask("POST", url, body ?? {}, headers),
      patch: (url, body, headers) => ask("PATCH", url, body, headers),
      put: (url, body, headers) => ask("PUT", url, body, headers),
      delete: (url) => ask("DELETE", url),
    };
  }

  return {
    app,
    db,
    stranger: callerOf(undefined),
    async provider({ name = "Fix It", locale = "en", timeZone = "Europe/Berlin" } = {}) {
      const tenantId = randomUUID();
      await db.asGlobal((tx) =>
        tx.run(sql`insert into identity.tenant (id, name, slug, locale, time_zone, currency, created_at)
          values (${tenantId}, ${name}, ${`provider-${++providers}`}, ${locale}, ${timeZone}, 'EUR', ${nowText()})`),
      );
      const actorOf = (kind: "staff" | "person", id: string, roles: string[]): Actor => ({
        kind,
        id,
        tenantId,
        permissions: permissionsOf(roles),
        roles,
        locale,
        via: "api_key",
      });
      return {
        tenantId,
        async staff(role, staffName = role) {
          const id = randomUUID();
          await db.asTenant(tenantId, (tx) =>
            tx.run(sql`insert into identity.staff (tenant_id, id, name, email, locale, time_zone, roles, created_at)
              values (${tenantId}, ${id}, ${staffName}, ${`${id}@example.com`}, ${locale}, ${timeZone}, ${[role]}, ${nowText()})`),
          );
          return callerOf(actorOf("staff", id, [role]));
        },
        person: (id, ...roles) => callerOf(actorOf("person", id, roles)),
      };
    },
    async end() {
      const found = await undocumented();
      await app.close();
      jobCalls.stop();
      await db.end();
      await testDatabase.drop();
      await rm(folder, { recursive: true, force: true });
      assert.deepEqual(found, []);
    },
  };
}
