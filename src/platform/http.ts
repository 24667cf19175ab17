import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from "fastify";
import type { Actor } from "./actor.ts";
import type { Config } from "./config.ts";
import type { Database, Tx } from "./db.ts";
import { describeApi } from "./describe-api.ts";
import { drainRefusedBodies } from "./drain-refused-bodies.ts";
import { isId } from "./fields.ts";
import { idempotencyKey, once, type Said } from "./idempotency.ts";
import { readJsonStrictly } from "./json-body.ts";
import { answerBadAddress, answerRefusalsAsProblems } from "./problem.ts";
import { Refusal } from "./refusal.ts";
import { uuidv7 } from "./uuidv7.ts";
import { expectedVersion } from "./versions.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The right that this route asks for; `public` asks for nothing, `signed_in` for any identity. */
    permission?: string;
    /** Whether the thing this address names is visible to the actor: tells 404 from 403 when the right is missing. */
    subject?: (tx: Tx, actor: Actor, params: Record<string, string>) => Promise<boolean>;
    /** Whether a repeated Idempotency-Key gets the first answer again: as a rule, where a write asks for a right. */
    keepsAnswer?: boolean;
  }
  interface FastifyInstance {
    db: Database;
    settings: Config;
  }
  interface FastifyRequest {
    /** Who asks. Refuses when nobody is signed in. */
    readonly actor: Actor;
    readonly maybeActor: Actor | undefined;
    /**
     * Runs a use case in a transaction of the actor's tenant; once only when the request carries an Idempotency-Key.
     * @param said what a repetition must say again, when that is not the JSON body: a file by its hash
     */
    asTenant<R>(work: (tx: Tx) => Promise<R>, said?: Said): Promise<R>;
  }
}

export type App = FastifyInstance<
  import("node:http").Server,
  import("node:http").IncomingMessage,
  import("node:http").ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Finds who sends a request: by API key, session or link. Undefined when it brings no credential of this kind. */
export type Authenticator = (request: FastifyRequest) => Promise<Actor | undefined>;

export interface AppParts {
  config: Config;
  db: Database;
  /** Asked in order; the first that knows the sender wins. */
  authenticators: readonly Authenticator[];
  knownPermissions: ReadonlySet<string>;
  logger: FastifyBaseLogger | false;
}

const actors = new WeakMap<FastifyRequest, Actor>();

/** The HTTP server without any module's routes: conventions of every address under `/api/v1`. */
export async function createApp({ config, db, authenticators, knownPermissions, logger }: AppParts): Promise<App> {
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    genReqId: uuidv7,
    requestIdHeader: false,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    bodyLimit: 1024 * 1024,
    trustProxy: config.trustProxy?.split(",").map((range) => range.trim()) ?? false,
    forceCloseConnections: true,
    frameworkErrors: answerBadAddress,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.decorate("db", db);
  app.decorate("settings", config);
  drainRefusedBodies(app as unknown as FastifyInstance);
  readJsonStrictly(app as unknown as FastifyInstance);
  validateStrictly(app);
  answerRefusalsAsProblems(app as unknown as FastifyInstance);
  requirePermissions(app, knownPermissions);
  refuseUnknownParameters(app as unknown as FastifyInstance);

  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'", "data:"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: config.publicUrl.startsWith("https:"),
    crossOriginEmbedderPolicy: false,
  });
  await app.register(multipart, { limits: { files: 1, fileSize: 25 * 1024 * 1024, fields: 10, parts: 11 } });
  await describeApi(app as unknown as FastifyInstance);

  app.decorateRequest("maybeActor", {
    getter() {
      return actors.get(this as FastifyRequest);
    },
  });
  app.decorateRequest("actor", {
    getter() {
      const actor = actors.get(this as FastifyRequest);
      if (!actor) throw new Refusal("unauthenticated", "sign_in", "Sign in, or send an API key as a bearer token.");
      return actor;
    },
  });
  function asTenant<R>(this: FastifyRequest, work: (tx: Tx) => Promise<R>, said?: Said): Promise<R> {
    return runAs(db, this, this.actor, work, said);
  }
  app.decorateRequest("asTenant", asTenant);

  app.addHook("onRequest", async (request, reply) => {
    replies.set(request, reply);
    reply.header("x-request-id", request.id);
    refuseBadHeaders(request);
    refuseForms(request);
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
    const { permission, subject } = request.routeOptions.config;
    if (permission === undefined) return;
    for (const authenticate of authenticators) {
      const actor = await authenticate(request);
      if (!actor) continue;
      actors.set(request, actor);
      break;
    }
    refuseCrossSiteWrites(request, config);
    await authorize(db, request, permission, subject);
  });
  await app.register(rateLimit, {
    global: true,
    hook: "preHandler",
    enableDraftSpec: true,
    keyGenerator: (request) => request.maybeActor?.id ?? request.ip,
    max: (request) => (request.maybeActor ? config.rateLimit : Math.max(60, Math.floor(config.rateLimit / 10))),
    timeWindow: "1 minute",
    errorResponseBuilder: (_request, context) =>
      new Refusal("rate_limited", "rate_limited", `Too many requests. Try again in ${context.after}.`),
  });
  return app as unknown as App;
}

const replies = new WeakMap<FastifyRequest, import("fastify").FastifyReply>();

/** Runs a use case as this actor, once only for a repeated `Idempotency-Key`. */
export function runAs<R>(
  db: Database,
  request: FastifyRequest,
  actor: Actor,
  work: (tx: Tx) => Promise<R>,
  said?: Said,
): Promise<R> {
  const key = idempotencyKey(request);
  const reply = replies.get(request);
  if (key === undefined || reply === undefined) return db.asTenant(actor.tenantId, work);
  return db.asTenant(actor.tenantId, (tx) => once(tx, actor, key, request, reply, () => work(tx), said));
}

async function authorize(
  db: Database,
  request: FastifyRequest,
  permission: string,
  subject: ((tx: Tx, actor: Actor, params: Record<string, string>) => Promise<boolean>) | undefined,
): Promise<void> {
  if (permission === "public") return;
  const { actor } = request;
  if (permission === "signed_in" || actor.permissions.has(permission)) return;
  const params = request.params as Record<string, string>;
  if (subject && !(await db.asTenant(actor.tenantId, (tx) => subject(tx, actor, params)))) {
    throw new Refusal("not_found", "not_found", "There is nothing here that you may see.");
  }
  throw new Refusal("forbidden", "right_missing", `This needs the right "${permission}", which you do not have.`);
}

/** A browser tells where a write comes from; one that comes from another site does not act with this site's cookies. */
function refuseCrossSiteWrites(request: FastifyRequest, config: Config): void {
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") return;
  if (request.maybeActor?.via === "api_key") return;
  const origin = request.headers.origin;
  if (origin === undefined) return;
  const own =
    origin === new URL(config.publicUrl).origin || (URL.canParse(origin) && new URL(origin).host === request.host);
  if (!own) throw new Refusal("forbidden", "cross_site", "This request comes from another site.");
}

/** Also where nobody reads them: a caller who relies on a key or a version that is none would be left in the belief. */
function refuseBadHeaders(request: FastifyRequest): void {
  idempotencyKey(request);
  expectedVersion(request);
}

/** A form has no JSON body, and would pass for a request without any: only an address that takes files takes one. */
function refuseForms(request: FastifyRequest): void {
  if (!request.headers["content-type"]?.toLowerCase().startsWith("multipart/")) return;
  if (request.routeOptions.schema?.consumes?.includes("multipart/form-data")) return;
  throw new Refusal("unsupported", "media_type", "Send application/json.");
}

/** Addresses and parameters arrive as text and are converted; bodies are taken as they are. Unknown members are refused. */
function validateStrictly(app: FastifyInstance<never, never, never, never, TypeBoxTypeProvider> | unknown): void {
  const options = { removeAdditional: false, useDefaults: true, allErrors: true, strict: false } as const;
  const forText = addFormats.default(new Ajv({ ...options, coerceTypes: "array" }));
  const forBodies = addFormats.default(new Ajv(options));
  // As the database takes it: the library's own also takes `urn:uuid:…`.
  for (const ajv of [forText, forBodies]) ajv.addFormat("uuid", isId);
  (app as FastifyInstance).setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === "body" ? forBodies : forText).compile(schema as object),
  );
}

/** An address that names no parameters takes none; the others close their schemas themselves. */
function refuseUnknownParameters(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    if (!route.url.startsWith("/api/v1/") || route.schema?.querystring) return;
    route.schema = { ...route.schema, querystring: { type: "object", additionalProperties: false } };
  });
}

function requirePermissions(app: unknown, known: ReadonlySet<string>): void {
  (app as FastifyInstance).addHook("onRoute", (route) => {
    if (!route.url.startsWith("/api/")) return;
    const permission = route.config?.permission;
    if (permission === undefined) throw new Error(`Route ${String(route.method)} ${route.url} names no permission.`);
    if (permission !== "public" && permission !== "signed_in" && !known.has(permission)) {
      throw new Error(`Route ${String(route.method)} ${route.url} asks for the unknown permission "${permission}".`);
    }
  });
}
