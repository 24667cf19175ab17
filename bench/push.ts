import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createSubscription } from "../test/peers/push-service.ts";
import { openRawClient } from "./raw-client.ts";
import { type BenchWorld, percentile, post } from "./world.ts";

const connections = 16;
const seconds = 8;
/** As for opening tickets: what is compiled in the first seconds is not what a day is like. */
const warmUpSeconds = 2;

/** From the moment a report is sent until the engineer's push has been handed to its service, under the opening load. */
export async function* benchPush(world: BenchWorld) {
  const arrived = new Map<string, number>();
  const service = createServer((request, response) => {
    arrived.set(String(request.headers.topic), performance.now());
    request.resume();
    request.on("end", () => response.writeHead(201).end());
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const address = service.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { keys } = createSubscription();
  await world.ask("POST", "/push-subscriptions", { endpoint: `http://127.0.0.1:${port}/phone`, keys, label: "phone" });

  const sent = new Map<string, number>();
  const counted = performance.now() + warmUpSeconds * 1000;
  const until = counted + seconds * 1000;
  const request = post(world, "/api/v1/tickets", {
    subject: "The till does not print",
    siteId: world.siteId,
    impact: "high",
    urgency: "high",
  });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await openRawClient(world.port);
      while (performance.now() < until) {
        const at = performance.now();
        const { status, body } = await client.send(request);
        if (status !== 201) throw new Error(`${status}: ${body}`);
        if (at >= counted) sent.set(topicOf(JSON.parse(body).id), at);
      }
      client.close();
    }),
  );
  for (let tries = 0; tries < 300 && [...sent.keys()].some((topic) => !arrived.has(topic)); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  service.close();
  const waits = [...sent].map(([topic, at]) => (arrived.get(topic) ?? Number.POSITIVE_INFINITY) - at);
  const sorted = waits.sort((a, b) => a - b);
  yield {
    bench: "report-to-push",
    openingsPerSecond: Math.round(sent.size / seconds),
    p50Ms: Math.round(percentile(sorted, 0.5)),
    p99Ms: Math.round(percentile(sorted, 0.99)),
    lost: sorted.filter((wait) => wait === Number.POSITIVE_INFINITY).length,
    aim: "p99 <= 250 ms",
  };
}

/** As the push adapter names a ticket's messages, so that each is told from the others without opening it. */
function topicOf(ticketId: string): string {
  return createHash("sha256").update(ticketId).digest("base64url").slice(0, 32);
}
