import type { FastifyBaseLogger } from "fastify";

/** Structured log: `log.info({ fields }, "sentence")`. */
export type Log = Pick<FastifyBaseLogger, "debug" | "info" | "warn" | "error" | "fatal">;

/** A log that keeps silent; for tests and for commands whose output is data. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, fatal() {} };
