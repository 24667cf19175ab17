import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { FastifyInstance, RouteOptions } from "fastify";
import { Type } from "typebox";
import { Compile } from "typebox/compile";

export interface BuiltRoute {
  method: string;
  /** As it was registered: `/api/v1/tickets/:id`. */
  url: string;
  permission: string | undefined;
  hidden: boolean;
  /** The statuses whose answers have a schema: "201", "2xx", "default". */
  answers: readonly string[];
}

const initialization = Compile(Type.Object({ fastify: Type.Unknown() }));

/** Builds an app and answers it with every route that was added meanwhile, whoever added it. */
export async function collectRoutes<T>(build: () => Promise<T>): Promise<{ app: T; routes: BuiltRoute[] }> {
  const routes: BuiltRoute[] = [];
  const listen = (message: unknown) => {
    if (!initialization.Check(message) || !isFastify(message.fastify)) return;
    message.fastify.addHook("onRoute", (route) => {
      for (const method of [route.method].flat()) routes.push(describe(method, route));
    });
  };
  subscribe("fastify.initialization", listen);
  try {
    return { app: await build(), routes };
  } finally {
    unsubscribe("fastify.initialization", listen);
  }
}

function isFastify(value: unknown): value is FastifyInstance {
  return typeof value === "object" && value !== null && "addHook" in value;
}

function describe(method: string, route: RouteOptions): BuiltRoute {
  const { schema, config, url } = route;
  const hide = schema && "hide" in schema ? schema.hide : false;
  const response: unknown = schema?.response;
  const answers = typeof response === "object" && response !== null ? Object.keys(response) : [];
  return { method, url, permission: config?.permission, hidden: hide === true, answers };
}

/** The contract's own addresses: the document cannot describe itself, its page is for people. */
const aboutTheContract = /^\/api\/(?:docs|v1\/openapi\.json)/;

/**
 * Every address under /api names its permission, has a schema for its answer, and stands in the OpenAPI document.
 * @param document the `paths` of the OpenAPI document
 */
export function checkRoutes(
  routes: readonly BuiltRoute[],
  paths: Readonly<Record<string, object | undefined>>,
): string[] {
  return routes.flatMap(({ method, url, permission, hidden, answers }) => {
    // Fastify adds these by itself.
    if (method === "HEAD" || method === "OPTIONS" || !url.startsWith("/api/") || aboutTheContract.test(url)) return [];
    const name = `${method} ${url}`;
    const violations: string[] = [];
    if (permission === undefined) violations.push(`${name} names no permission`);
    if (!answers.some((status) => /^[23]/.test(status))) violations.push(`${name} has no schema for its answer`);
    const documented = paths[url.replace(/:(\w+)(?:\([^)]*\))?/g, "{$1}")];
    if (hidden || !documented || !(method.toLowerCase() in documented))
      violations.push(`${name} is not in the OpenAPI document`);
    return violations;
  });
}
