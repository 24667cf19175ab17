import { finished } from "node:stream/promises";
import type { FastifyInstance } from "fastify";

const largestDrained = 256 * 1024 * 1024;
const longestMs = 10_000;

/**
 * Reads the rest of a refused request before answering. Most clients send their whole body before they listen: an answer
 * that closes the connection under them is a broken pipe to them, not a 413.
 */
export function drainRefusedBodies(app: FastifyInstance): void {
  app.addHook("onSend", async ({ raw, headers }, reply) => {
    const announced = Number(headers["content-length"] ?? 0);
    if (reply.statusCode < 400 || announced === 0 || announced > largestDrained) return;
    if (raw.complete || raw.readableEnded || raw.destroyed) return;
    raw.resume();
    // A client that stops sending is answered all the same.
    await finished(raw, { writable: false, signal: AbortSignal.timeout(longestMs), cleanup: true }).catch(() => {});
  });
}
