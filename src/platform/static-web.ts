import { existsSync } from "node:fs";
import { join } from "node:path";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { App } from "./http.ts";
import { answerUnknownAddressesWith } from "./problem.ts";

/** Serves the built web app: hashed files for ever, the page itself fresh each time, and for any address of a page. */
export async function addStaticWeb(app: App, folder: string): Promise<void> {
  if (!existsSync(join(folder, "index.html"))) return;
  await app.register(staticFiles, {
    root: folder,
    cacheControl: false,
    preCompressed: true,
    setHeaders(response, path) {
      const hashed = path.startsWith(join(folder, "assets"));
      response.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  answerUnknownAddressesWith(app as unknown as FastifyInstance, (reply) =>
    reply.header("cache-control", "no-cache").sendFile("index.html"),
  );
}
