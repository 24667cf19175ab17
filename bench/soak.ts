import { setTimeout as wait } from "node:timers/promises";
import { residentMegabytes } from "./opening.ts";
import { openRawClient } from "./raw-client.ts";
import { type BenchWorld, get, post } from "./world.ts";

const minutes = 60;
const clients = 6;
const pauseMs = 60;

/** An hour of faults that are reported, looked at, taken and solved: what the server holds in memory, minute by minute. */
export async function* benchSoak(world: BenchWorld) {
  const until = performance.now() + minutes * 60_000;
  let served = 0;
  const work = Array.from({ length: clients }, async () => {
    const client = await openRawClient(world.port);
    const ask = async (request: Buffer, expected: number) => {
      const { status, body } = await client.send(request);
      if (status !== expected) throw new Error(`${status}: ${body}`);
      served++;
      await wait(pauseMs);
      return body;
    };
    const report = { subject: "The till does not print", siteId: world.siteId, impact: "high", urgency: "high" };
    while (performance.now() < until) {
      const { id } = JSON.parse(await ask(post(world, "/api/v1/tickets", report), 201));
      await ask(get(world, "/api/v1/tickets?limit=50&sort=due"), 200);
      await ask(get(world, `/api/v1/tickets/${id}`), 200);
      await ask(post(world, `/api/v1/tickets/${id}/acknowledge`, {}), 200);
      await ask(post(world, `/api/v1/tickets/${id}/resolve`, { resolution: "Replaced the cable" }), 200);
      await ask(get(world, `/api/v1/tickets/${id}/journal`), 200);
    }
    client.close();
  });
  const megabytes: number[] = [];
  while (performance.now() < until) {
    await Promise.race([wait(60_000), Promise.all(work)]);
    megabytes.push(await residentMegabytes(world));
  }
  await Promise.all(work);
  const mean = (values: readonly number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
  const quarter = Math.ceil(megabytes.length / 4);
  yield {
    bench: "soak",
    minutes,
    requests: served,
    mostMegabytes: Math.max(...megabytes),
    secondQuarterMegabytes: mean(megabytes.slice(quarter, 2 * quarter)),
    lastQuarterMegabytes: mean(megabytes.slice(-quarter)),
    megabytes,
    aim: "<= 400, and flat",
  };
}
