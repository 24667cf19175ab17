import { createHmac, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { passkey } from "@better-auth/passkey";
import { APIError, betterAuth } from "better-auth";
import { twoFactor } from "better-auth/plugins";
import { type PostgresCursor, PostgresDialect, type PostgresPool, type PostgresQueryResult } from "kysely";
import pg from "pg";
import { now } from "../../platform/clock.ts";
import type { Config } from "../../platform/config.ts";
import type { Database } from "../../platform/db.ts";
import type { Log } from "../../platform/log.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { signedToken } from "./authenticators.ts";
import { listSubjectsOf } from "./memberships.sql.ts";

/** However much it is used, a session ends after so long. */
const longestDays = 90;
const daySeconds = 86_400;
const basePath = "/sign-in-library";
export const addressHeader = "x-mainstay-address";

export interface SignInLibrary {
  /** Its own HTTP interface. We call it within this process; nothing of it is reachable from outside. */
  handle(request: Request): Promise<Response>;
  /** Where its paths begin. */
  baseUrl: string;
  cookie: { name: string; attributes: CookieAttributes };
  /** The token of a session cookie that we signed. */
  tokenOf(cookie: string | undefined): string | undefined;
  /** The signature that stands behind a session's token in its cookie. */
  sign(token: string): string;
  /** Whether a passkey can be made at the address of this installation. */
  readonly passkeys: boolean;
  /** Opens a session for a login that was proven in another way; answers the token for the cookie. */
  openSession(loginId: string, from: { address: string; userAgent: string }): Promise<string>;
  /** The recovery codes of a login that are still good. */
  recoveryCodes(loginId: string): Promise<string[]>;
  /** The token of a link by which the owner of a login chooses a new password. */
  makeReset(loginId: string): Promise<string>;
  /** The login for which a link was made; it is good once, and for an hour. */
  takeReset(token: string): Promise<string | undefined>;
}

export interface CookieAttributes {
  httpOnly: true;
  sameSite: "lax";
  secure: boolean;
  path: "/";
  maxAge: number;
}

/** Opens the sign-in library (better-auth) on our tables: passwords (scrypt), authenticator apps, passkeys, sessions. */
export async function openSignInLibrary(parts: {
  config: Config;
  db: Database;
  secret: string;
  log: Log;
}): Promise<SignInLibrary> {
  const { config, db, log } = parts;
  const { hostname, origin, port, protocol } = new URL(config.publicUrl);
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
  const localOrigin = `${protocol}//localhost${port ? `:${port}` : ""}`;
  const isSecure = protocol === "https:";
  const maxAge = longestDays * daySeconds;
  const library = betterAuth({
    appName: "Mainstay",
    baseURL: origin,
    basePath,
    secret: parts.secret,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: "error", log: (_level, message) => log.error({ library: "better-auth" }, message) },
    database: { dialect: new PostgresDialect({ pool: withDates(db.pool) }), type: "postgres", schemaName: "auth" },
    user: { modelName: "login", fields: { emailVerified: "email_verified", ...times } },
    account: {
      modelName: "account",
      fields: {
        userId: "login_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        ...times,
      },
    },
    verification: { storeIdentifier: "hashed", fields: { expiresAt: "expires_at", ...times } },
    session: {
      modelName: "session",
      expiresIn: maxAge,
      disableSessionRefresh: true,
      fields: {
        userId: "login_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        ...times,
      },
      additionalFields: {
        tenantId: { type: "string", required: false, input: false, fieldName: "tenant_id" },
        subjectId: { type: "string", required: false, input: false, fieldName: "subject_id" },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: 128,
    },
    advanced: {
      cookiePrefix: "mainstay",
      // The prefix of RFC 6265bis binds the cookie to this host; the library knows only a weaker one.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure },
      cookies: { session_token: { name: `${isSecure ? "__Host-" : ""}mainstay.session` } },
      database: { generateId: uuidv7, validateSchema: false },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            if (session.tenantId) return;
            const [subject] = await db.asGlobal((tx) => listSubjectsOf(tx, session.userId));
            return { data: { ...session, tenantId: subject?.tenantId ?? null, subjectId: subject?.subjectId ?? null } };
          },
        },
      },
    },
    plugins: [
      twoFactor({
        issuer: "Mainstay",
        // Whoever knows a password must not be able to lock its owner out; our own throttle counts the guesses.
        accountLockout: { enabled: false },
        schema: {
          user: { fields: { twoFactorEnabled: "two_factor_enabled" } },
          twoFactor: {
            modelName: "two_factor",
            fields: {
              userId: "login_id",
              backupCodes: "backup_codes",
              failedVerificationCount: "failed_verification_count",
              lockedUntil: "locked_until",
            },
          },
        },
      }),
      passkey({
        rpName: "Mainstay",
        // WebAuthn knows no numeric hosts: an installation at 127.0.0.1 takes passkeys at localhost.
        rpID: isAddress ? "localhost" : hostname,
        origin: isAddress ? [localOrigin] : [origin],
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        advanced: { webAuthnChallengeCookie: "passkey" },
        registration: { afterVerification: ({ verification }) => refuseUnverified(verification.registrationInfo) },
        authentication: { afterVerification: ({ verification }) => refuseUnverified(verification.authenticationInfo) },
        schema: {
          passkey: {
            fields: {
              userId: "login_id",
              publicKey: "public_key",
              credentialID: "credential_id",
              deviceType: "device_type",
              backedUp: "backed_up",
              createdAt: "created_at",
            },
          },
        },
      }),
    ],
  });
  const context = await library.$context;
  return {
    handle: (request) => library.handler(request),
    baseUrl: origin + basePath,
    passkeys: !isAddress || isLoopback(hostname),
    cookie: {
      name: context.authCookies.sessionToken.name,
      attributes: { httpOnly: true, sameSite: "lax", secure: isSecure, path: "/", maxAge },
    },
    sign: (token) => createHmac("sha256", parts.secret).update(token).digest("base64"),
    tokenOf: (cookie) => (cookie === undefined ? undefined : signedToken(cookie, parts.secret)),
    async openSession(loginId, from) {
      const { address: ipAddress, userAgent } = from;
      const session = await context.internalAdapter.createSession(loginId, false, { ipAddress, userAgent });
      return session.token;
    },
    async recoveryCodes(userId) {
      return (await library.api.viewBackupCodes({ body: { userId } })).backupCodes;
    },
    async makeReset(loginId) {
      const token = randomBytes(32).toString("base64url");
      const expiresAt = new Date(now().add({ hours: 1 }).epochMilliseconds);
      await context.internalAdapter.createVerificationValue({
        identifier: `reset:${token}`,
        value: loginId,
        expiresAt,
      });
      return token;
    },
    async takeReset(token) {
      const proof = await context.internalAdapter.consumeVerificationValue(`reset:${token}`);
      return proof && proof.expiresAt.getTime() > now().epochMilliseconds ? proof.value : undefined;
    },
  };
}

const times = { createdAt: "created_at", updatedAt: "updated_at" } as const;

function isLoopback(hostname: string): boolean {
  return hostname.startsWith("127.") || hostname === "[::1]";
}

/** A passkey replaces password and second factor at once, so its device must have checked who holds it. */
function refuseUnverified(info: { userVerified: boolean } | undefined): void {
  if (info?.userVerified) return;
  throw new APIError("UNAUTHORIZED", { code: "USER_NOT_VERIFIED", message: "The device did not verify its user." });
}

const commands = ["SELECT", "INSERT", "UPDATE", "DELETE"] as const;

/** The library wants instants as Date; ours are text. It gets the driver's own parsers, statement by statement. */
function withDates(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      async function run(text: string, values: readonly unknown[]) {
        const { command, rowCount, rows } = await client.query({ text, values: [...values], types: pg.types });
        return { command: commands.find((each) => each === command) ?? "SELECT", rowCount: rowCount ?? 0, rows };
      }
      function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
      function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
      function query(text: unknown, values: readonly unknown[] = []): unknown {
        if (typeof text !== "string") throw new Error("cursors are not offered to the sign-in library");
        return run(text, values);
      }
      return { query, release: () => client.release() };
    },
    async end() {},
  };
}
