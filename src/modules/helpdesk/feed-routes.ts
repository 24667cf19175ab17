import { createHash, randomBytes } from "node:crypto";
import { Type } from "typebox";
import { instantText, now, nowText } from "../../platform/clock.ts";
import { orNull } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { findTenant } from "../identity/index.ts";
import { findFeed, findFeedBySecret, listFeedTickets, removeFeed, saveFeed } from "./feed.sql.ts";
import { icalendar } from "./icalendar.ts";

const secretShape = /^([\w-]{22})[\w-]{32}$/;
const State = Type.Object({ createdAt: orNull(Type.String()) });

/** One's own work in any calendar program: a secret address that can be renewed and revoked. */
export function feedRoutes(app: App): void {
  const config = { permission: "rota.read" };
  app.get(
    "/api/v1/calendar-feed",
    { config, schema: { summary: "Whether one's own work can be read as iCalendar", response: { 200: State } } },
    (request) =>
      request.asTenant(async (tx) => ({ createdAt: (await findFeed(tx, request.actor.id))?.createdAt ?? null })),
  );

  app.post(
    "/api/v1/calendar-feed",
    {
      // The address is a secret, which is kept nowhere.
      config: { ...config, keepsAnswer: false },
      schema: {
        summary: "Makes a new secret address; the old one ends",
        response: { 201: Type.Object({ url: Type.String() }) },
      },
    },
    async (request, reply) => {
      const { actor } = request;
      const tenant = Buffer.from(actor.tenantId.replaceAll("-", ""), "hex").toString("base64url");
      const secret = `${tenant}${randomBytes(24).toString("base64url")}`;
      await app.db.asTenant(actor.tenantId, async (tx) => saveFeed(tx, actor.id, hashOf(secret), nowText()));
      reply.code(201);
      return { url: `${app.settings.publicUrl}/calendars/${secret}.ics` };
    },
  );

  app.delete(
    "/api/v1/calendar-feed",
    { config, schema: { summary: "Revokes the secret address", response: { 204: Type.Null() } } },
    async (request, reply) => {
      reply.code(204);
      await request.asTenant((tx) => removeFeed(tx, request.actor.id));
      return null;
    },
  );

  app.get(
    "/calendars/:file",
    {
      config: { permission: "public" },
      schema: {
        summary: "An engineer's work as iCalendar, at its secret address",
        produces: ["text/calendar"],
        params: Type.Object({ file: Type.String({ maxLength: 100 }) }),
        response: { 200: Type.Unknown({ description: "text/calendar" }) },
      },
    },
    async (request, reply) => {
      const secret = /^(.+)\.ics$/.exec(request.params.file)?.[1] ?? "";
      const tenantId = tenantOf(secret);
      const text = tenantId && (await app.db.asTenant(tenantId, (tx) => readFeed(tx, secret, app.settings.publicUrl)));
      if (!text) throw new Refusal("not_found", "feed_unknown", "This calendar address is not known, or was revoked.");
      return reply
        .header("cache-control", "private, no-cache")
        .type("text/calendar; charset=utf-8")
        .serializer((body: unknown) => String(body))
        .send(text);
    },
  );
}

async function readFeed(tx: Parameters<typeof findFeed>[0], secret: string, publicUrl: string) {
  const feed = await findFeedBySecret(tx, hashOf(secret));
  if (!feed) return undefined;
  const tenant = await findTenant(tx);
  const weekAgo = instantText(now().subtract({ hours: 7 * 24 }));
  const tickets = await listFeedTickets(tx, feed.staffId, weekAgo);
  return icalendar(tickets, { name: tenant.name, publicUrl, host: new URL(publicUrl).hostname });
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

function tenantOf(secret: string): string | undefined {
  const tenant = secretShape.exec(secret)?.[1];
  if (!tenant) return undefined;
  const hex = Buffer.from(tenant, "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
