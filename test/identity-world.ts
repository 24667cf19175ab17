import assert from "node:assert/strict";
import {
  createProvider,
  type Identity,
  identityRoutes,
  openIdentity,
  permissions,
} from "../src/modules/identity/index.ts";
import { readConfig } from "../src/platform/config.ts";
import { type Database, openDatabase } from "../src/platform/db.ts";
import { type App, createApp } from "../src/platform/http.ts";
import { type Log, silentLog } from "../src/platform/log.ts";
import { createTestDatabase } from "./database.ts";
import { watchAnswers } from "./documented-answers.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

export const goodPassword = "tram lantern 48 quiet";

export interface Answer {
  status: number;
  /** Parsed JSON, or text. */
  body: ReturnType<typeof JSON.parse>;
  headers: Record<string, unknown>;
  cookies: { name: string; value: string; [attribute: string]: unknown }[];
}

/** Asks over HTTP as a browser does: it keeps its cookies, and tells where a write comes from. */
export interface Browser {
  readonly cookies: Map<string, string>;
  readonly address: string;
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  post(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(url: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(url: string, body?: unknown): Promise<Answer>;
  signIn(email: string, password?: string, code?: string): Promise<Answer>;
}

export interface IdentityWorld {
  readonly app: App;
  readonly db: Database;
  readonly identity: Identity;
  /** What the program logged as an error; a test that expects none looks here. */
  readonly errors: unknown[];
  browser(address?: string): Browser;
  /** A provider whose owner has signed in. */
  provider(email: string, name?: string): Promise<{ tenantId: string; ownerId: string; owner: Browser; email: string }>;
  /** A caller with this API key. */
  withKey(key: string): Browser;
  end(): Promise<void>;
}

/** The routes of identity on a database of their own, with real sign-in. */
export async function startIdentityWorld(settings: Record<string, string> = {}): Promise<IdentityWorld> {
  const testDatabase = await createTestDatabase();
  const db = openDatabase({ ...testDatabase.connection, user: "mainstay_app" });
  const config = readConfig(["--data", makeTemporaryFolder("identity")], settings);
  const errors: unknown[] = [];
  const log: Log = { ...silentLog, error: (...told: unknown[]) => void errors.push(told) };
  const identity = await openIdentity({ config, db, log });
  const app = await createApp({
    config,
    db,
    logger: false,
    knownPermissions: new Set(permissions),
    authenticators: identity.authenticators,
  });
  identityRoutes(app, identity);
  const undocumented = watchAnswers(app);
  await app.ready();
  const origin = new URL(config.publicUrl).origin;

  function browserAt(address: string, fixed: Record<string, string> = {}): Browser {
    const cookies = new Map<string, string>();
    const ask = async (
      method: "GET" | "POST" | "PATCH" | "DELETE",
      url: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Answer> => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await app.inject({
        method,
        url,
        remoteAddress: address,
        headers: {
          "user-agent": "test browser",
          ...(method === "GET" ? {} : { origin }),
          ...(cookie ? { cookie } : {}),
          ...fixed,
          ...headers,
        },
        ...(body === undefined ? {} : { payload: Object(body) }),
      });
      if (answer.statusCode === 500) assert.fail(`defect at ${method} ${url}: ${answer.body}`);
      for (const { name, value, maxAge } of answer.cookies) {
        if (maxAge === 0 || value === "") cookies.delete(name);
        else cookies.set(name, encodeURIComponent(value));
      }
      const isJson = String(answer.headers["content-type"] ?? "").includes("json");
      return {
        status: answer.statusCode,
        body: isJson ? answer.json() : answer.body,
        headers: answer.headers,
        cookies: answer.cookies.map((each) => ({ ...each })),
      };
    };
    return {
      cookies,
      address,
      get: (url, headers) => ask("GET", url, undefined, headers),
      post: (url, body = {}, headers) => ask("POST", url, body, headers),
      patch: (url, body, headers) => ask("PATCH", url, body, headers),
      delete: (url, body) => ask("DELETE", url, body),
      signIn: (email, password = goodPassword, code) =>
        ask("POST", "/api/v1/session", { email, password, ...(code === undefined ? {} : { code }) }),
    };
  }

  let addresses = 0;
  const newAddress = () => `10.${++addresses >> 8}.${addresses & 255}.1`;
  return {
    app,
    db,
    identity,
    errors,
    browser: (address = newAddress()) => browserAt(address),
    withKey: (key) => browserAt(newAddress(), { authorization: `Bearer ${key}` }),
    async provider(email, name = "Fix It") {
      const made = await createProvider(db, {
        providerName: name,
        locale: "en",
        timeZone: "Europe/Berlin",
        currency: "EUR",
        ownerName: "Ada Owner",
        ownerEmail: email,
        password: goodPassword,
      });
      const owner = browserAt(newAddress());
      assert.equal((await owner.signIn(email)).status, 200);
      return { tenantId: made.tenant.id, ownerId: made.owner.id, owner, email };
    },
    async end() {
      const found = await undocumented();
      await app.close();
      await db.end();
      await testDatabase.drop();
      assert.deepEqual(found, []);
    },
  };
}
