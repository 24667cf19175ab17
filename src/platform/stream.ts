import type { ServerResponse } from "node:http";
import { Type } from "typebox";
import type { Actor } from "./actor.ts";
import { instantText, now } from "./clock.ts";
import type { Database } from "./db.ts";
import { newsChannel } from "./event-runner.ts";
import { EventRow, eventColumns } from "./events.ts";
import { isId } from "./fields.ts";
import type { App, Authenticator } from "./http.ts";
import type { Log } from "./log.ts";
import { sql } from "./sql.ts";

/** What a listener is told of an event: enough to know what to load again, and nothing that needs hiding. */
type News = Omit<EventRow, "data" | "attempts" | "retryAt"> & { tenantId: string };

/** Decides for one actor which news it may hear. Asked anew every minute, so that a lost right ends the hearing. */
export type HearingRule = (actor: Actor) => Promise<(news: News) => boolean>;

const beatEveryMs = 15_000;
const checkEveryMs = 60_000;
const replayLimit = 1000;

/**
 * Ids follow the clock of their insertion, commits may follow in another order: a resumed listener hears the last seconds
 * before its last event again. News are hints to load something anew, so hearing one twice does no harm.
 */
const overlapMs = 5000;

interface Listener {
  actor: Actor;
  hears: (news: News) => boolean;
  response: ServerResponse;
  /** What happens while the missed news are read waits here, so that nothing falls between. */
  held: string[] | undefined;
  check(): Promise<void>;
}

/**
 * `GET /api/v1/stream`: server-sent events, resumable by `Last-Event-ID`. The database tells every server process; each
 * tells its own listeners. After a gap that cannot be replayed the event `reset` asks the client to load everything again.
 */
export async function addStream(
  app: App,
  hearingRule: HearingRule,
  authenticators: readonly Authenticator[],
  log: Log,
): Promise<void> {
  const listeners = new Set<Listener>();
  const wire = await listenForNews(app.db, log, {
    news(news) {
      const text = message(news);
      for (const listener of listeners) {
        if (news.tenantId === listener.actor.tenantId && listener.hears(news)) send(listener, text);
      }
    },
    gap() {
      for (const listener of listeners) send(listener, "event: reset\ndata: {}\n\n");
    },
  });
  const beat = setInterval(() => {
    for (const listener of listeners) send(listener, ": beat\n\n");
  }, beatEveryMs).unref();
  const check = setInterval(() => {
    for (const listener of listeners) {
      listener.check().catch((error) => {
        log.warn({ err: error }, "a listener could not be checked and was cut off");
        listener.response.end();
      });
    }
  }, checkEveryMs).unref();
  app.addHook("preClose", async () => {
    clearInterval(beat);
    clearInterval(check);
    for (const { response } of listeners) response.end();
    await wire.stop();
  });

  app.get(
    "/api/v1/stream",
    {
      config: { permission: "signed_in" },
      schema: {
        summary: "Live news of what you may see (server-sent events, resumed after `Last-Event-ID`)",
        produces: ["text/event-stream"],
        response: { 200: Type.String() },
      },
    },
    async (request, reply) => {
      const { actor } = request;
      const hears = await hearingRule(actor);
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
        "x-request-id": request.id,
      });
      response.write("retry: 2000\n\n");
      const listener: Listener = {
        actor,
        hears,
        response,
        held: [],
        async check() {
          const present = (await Promise.all(authenticators.map((authenticate) => authenticate(request)))).find(
            Boolean,
          );
          if (present?.id !== actor.id) return void response.end();
          listener.hears = await hearingRule(present);
        },
      };
      listeners.add(listener);
      response.on("close", () => listeners.delete(listener));
      const missed = await missedNews(app.db, actor, request.headers["last-event-id"]).catch((error) => {
        log.warn({ err: error }, "missed news could not be read; the listener loads everything again");
        return "too_many" as const;
      });
      const { held } = listener;
      listener.held = undefined;
      if (missed === "too_many") send(listener, "event: reset\ndata: {}\n\n");
      else for (const news of missed) if (hears(news)) send(listener, message(news));
      for (const text of held ?? []) send(listener, text);
    },
  );
}

function message(news: News): string {
  const { id, type, subjectKind, subjectId, subjectVersion, customerId, siteId, actorId, recordedAt } = news;
  const data = { id, type, subject: { kind: subjectKind, id: subjectId, version: subjectVersion }, customerId, siteId };
  return `id: ${id}\ndata: ${JSON.stringify({ ...data, actorId, at: recordedAt })}\n\n`;
}

/** A listener that does not read is cut off; it will come back and ask for what it missed. */
function send({ response, held }: Listener, text: string): void {
  if (held) return void held.push(text);
  if (response.writableLength > 1_000_000) response.destroy();
  else response.write(text);
}

async function missedNews(
  db: Database,
  actor: Actor,
  lastId: string | string[] | undefined,
): Promise<News[] | "too_many"> {
  if (typeof lastId !== "string" || !isId(lastId)) return [];
  const lastMs = Number.parseInt(lastId.replaceAll("-", "").slice(0, 12), 16) - overlapMs;
  const from = instantText(Math.min(Math.max(0, lastMs), now().epochMilliseconds));
  const rows = await db.asTenant(actor.tenantId, (tx) =>
    tx.many(
      EventRow,
      sql`select ${eventColumns} from platform.event
        where tenant_id = ${actor.tenantId} and id > platform.first_uuidv7(${from}::timestamptz) and id <> ${lastId}
        order by id limit ${replayLimit}`,
    ),
  );
  return rows.length === replayLimit ? "too_many" : rows.map((row) => ({ ...row, tenantId: actor.tenantId }));
}

async function listenForNews(db: Database, log: Log, on: { news(news: News): void; gap(): void }) {
  let stopped = false;
  let client: Awaited<ReturnType<Database["connect"]>> | undefined;
  let retry: NodeJS.Timeout | undefined;

  async function open(): Promise<void> {
    client = await db.connect();
    client.on("notification", ({ payload }) => {
      if (payload) on.news(JSON.parse(payload));
    });
    client.on("error", () => reopen());
    client.on("end", () => reopen());
    await client.query(`listen ${newsChannel}`);
  }

  function reopen(): void {
    if (stopped || retry) return;
    retry = setTimeout(async () => {
      retry = undefined;
      try {
        await open();
        on.gap();
      } catch (error) {
        log.warn({ err: error }, "live news are interrupted; trying again");
        reopen();
      }
    }, 500);
  }

  await open();
  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}
