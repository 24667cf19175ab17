import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { FastifyInstance, RouteOptions } from "fastify";
import { Type } from "typebox";
import { Compile } from "typebox/compile";

/** A JSON schema as far as its values are made up and its ids are found. */
export interface JsonSchema {
  type?: string;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly JsonSchema[];
  items?: JsonSchema | readonly JsonSchema[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  additionalProperties?: boolean;
}

export interface Route {
  method: Method;
  /** As it was registered: `/api/v1/tickets/:id`. */
  url: string;
  permission: string;
  params: readonly string[];
  body: JsonSchema | undefined;
  query: JsonSchema | undefined;
  /** Takes a file instead of a JSON body. */
  isUpload: boolean;
}

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

const initialization = Compile(Type.Object({ fastify: Type.Unknown() }));

/** Builds the product and answers it with every address of its interface, whoever added it. */
export async function collectRoutes<T>(build: () => Promise<T>): Promise<{ built: T; routes: Route[] }> {
  const routes: Route[] = [];
  const listen = (message: unknown) => {
    if (!initialization.Check(message) || !isFastify(message.fastify)) return;
    message.fastify.addHook("onRoute", (route) => {
      if (!route.url.startsWith("/api/")) return;
      for (const method of [route.method].flat()) if (isMethod(method)) routes.push(describe(method, route));
    });
  };
  subscribe("fastify.initialization", listen);
  try {
    return { built: await build(), routes };
  } finally {
    unsubscribe("fastify.initialization", listen);
  }
}

export function nameOf({ method, url }: Route): string {
  return `${method} ${url}`;
}

function isFastify(value: unknown): value is FastifyInstance {
  return typeof value === "object" && value !== null && "addHook" in value;
}

function isMethod(method: string): method is Method {
  return methods.some((each) => each === method);
}

function describe(method: Method, { url, schema, config }: RouteOptions): Route {
  const consumes = schema && "consumes" in schema ? schema.consumes : undefined;
  return {
    method,
    url,
    permission: config?.permission ?? "none",
    params: [...url.matchAll(/:(\w+)/g)].map(([, name]) => name ?? ""),
    body: schemaOf(schema?.body),
    query: schemaOf(schema?.querystring),
    isUpload: Array.isArray(consumes) && consumes.includes("multipart/form-data"),
  };
}

/** Of a schema, what it is as JSON: TypeBox keeps more than that in symbols and hidden members. */
function schemaOf(schema: unknown): JsonSchema | undefined {
  return schema === undefined ? undefined : JSON.parse(JSON.stringify(schema));
}
