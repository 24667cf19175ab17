import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from "node:http";
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { now } from "../clock.ts";
import { isPublicAddress, PRIVATE_ADDRESS, privateAddressError, publicLookup } from "./address-guard.ts";
import type { Delivery } from "./destination.ts";

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_RETRY_AFTER_SECONDS = 86_400;

export type OutwardRequest = {
  /** The name that stands in details: "WeCom". */
  service: string;
  url: string;
  method?: "GET" | "POST" | "PUT";
  headers?: Record<string, string>;
  body?: string | Buffer;
  allowPrivate: boolean;
  signal?: AbortSignal | undefined;
};

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };
export type Sent = { answer: Answer } | { failure: Delivery };

// Connections are kept for the next message. Guarded and open requests never share one: a connection that was made
// without the guard would be handed to a request that asked for it.
const reuse = { keepAlive: true, maxFreeSockets: 8, timeout: 30_000 };
const agents = {
  guarded: { "https:": new https.Agent({ ...reuse, lookup: publicLookup }) },
  open: { "https:": new https.Agent(reuse), "http:": new http.Agent(reuse) },
};

export function closeRequestAgents(): void {
  for (const agent of [agents.guarded["https:"], agents.open["https:"], agents.open["http:"]]) agent.destroy();
}

/** Sends one request to an address that somebody else entered. Never throws for what the world does; follows no redirect. */
export async function sendRequest(request: OutwardRequest): Promise<Sent> {
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  const wrong = url ? unacceptable(url, request.allowPrivate) : "is not a URL";
  if (!url || wrong) return { failure: { outcome: "refused", detail: `${request.service}: the address ${wrong}.` } };
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  try {
    return { answer: await exchange(url, request, signal) };
  } catch (error) {
    return { failure: explainFailure(request.service, error, timeout.aborted, request.signal?.aborted ?? false) };
  }
}

function unacceptable(url: URL, allowPrivate: boolean): string | undefined {
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:")) return "must be https";
  if (url.username || url.password) return "must not contain a user or password";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!allowPrivate && isIP(host) && !isPublicAddress(host)) return "is not in the public Internet";
  return undefined;
}

async function exchange(url: URL, request: OutwardRequest, signal: AbortSignal): Promise<Answer> {
  const body = Buffer.from(request.body ?? "");
  const options: RequestOptions = {
    method: request.method ?? "POST",
    headers: {
      "User-Agent": "Mainstay",
      Accept: "application/json, text/plain;q=0.9, */*;q=0.1",
      "Accept-Encoding": "identity",
      ...request.headers,
      ...(request.method === "GET" ? {} : { "Content-Length": body.length }),
    },
    signal,
  };
  const kept = request.allowPrivate
    ? agents.open[url.protocol === "http:" ? "http:" : "https:"]
    : agents.guarded["https:"];
  const first = await attempt(url, { ...options, agent: kept }, body);
  if (first !== "stale connection") return first;
  // The other side closed a kept connection in the moment we wrote to it; that says nothing about the message.
  const fresh = { ...options, agent: false, ...(request.allowPrivate ? {} : { lookup: publicLookup }) };
  const second = await attempt(url, fresh, body);
  if (second === "stale connection") throw new Error("A fresh connection cannot be stale.");
  return second;
}

function attempt(url: URL, options: RequestOptions, body: Buffer): Promise<Answer | "stale connection"> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "http:" ? http : https).request(url, options, (response) => {
      readAnswer(response).then(resolve, reject);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE")) resolve("stale connection");
      else reject(error);
    });
    request.end(body.length > 0 ? body : undefined);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.from(chunk);
    chunks.push(part);
    bytes += part.length;
    if (bytes >= MAX_ANSWER_BYTES) {
      response.destroy();
      break;
    }
  }
  const text = Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString("utf8");
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

// Node's refusals to write what would break the request's framing.
const unsendable = new Set([
  "ERR_INVALID_CHAR",
  "ERR_INVALID_HTTP_TOKEN",
  "ERR_HTTP_INVALID_HEADER_VALUE",
  "ERR_UNESCAPED_CHARACTERS",
]);

function explainFailure(service: string, error: unknown, timedOut: boolean, stopped: boolean): Delivery {
  if (stopped) return { outcome: "try_later", detail: `${service}: the sending was stopped.` };
  if (timedOut) return { outcome: "try_later", detail: `${service}: no answer within ${TIMEOUT_MS / 1000} seconds.` };
  const code = errorCode(error);
  if (code === PRIVATE_ADDRESS) {
    return { outcome: "refused", detail: `${service}: ${privateAddressError().message}` };
  }
  if (code && unsendable.has(code)) {
    return { outcome: "refused", detail: `${service}: the address or a header holds a character that is not allowed.` };
  }
  return { outcome: "try_later", detail: `${service}: no connection (${code ?? "unknown error"}).` };
}

/** The code of a system error, or of the first one inside an AggregateError (several addresses tried). */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError && !("code" in error && error.code)) return errorCode(error.errors[0]);
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return undefined;
}

/** `Retry-After` in seconds (RFC 9110 §10.2.3: a number or a date), bounded to a day. */
export function retryAfterSeconds(headers: IncomingHttpHeaders): number | undefined {
  const value = headers["retry-after"]?.trim() ?? headers["x-ogw-ratelimit-reset"]?.toString().trim();
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now().epochMilliseconds) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_SECONDS);
}

/** A try-later with the service's own waiting time, or a documented one. */
export function tryLater(detail: string, headers: IncomingHttpHeaders, usual?: number): Delivery {
  const seconds = retryAfterSeconds(headers) ?? usual;
  return { outcome: "try_later", detail, ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) };
}

/** Judges an answer by its status alone: 2xx delivered; 408, 425, 429 and 5xx later; all else refused. */
export function judgeStatus(service: string, answer: Answer, reason = answer.text): Delivery {
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: "delivered_to_service" };
  if (status >= 300 && status < 400) {
    return { outcome: "refused", detail: `${service} answered ${status}: redirects are not followed.` };
  }
  const detail = `${service} answered ${status}${reason ? `: ${reason}` : "."}`;
  if ([408, 425, 429].includes(status) || status >= 500) return tryLater(detail, answer.headers);
  return { outcome: "refused", detail };
}

/** The answer's JSON object, if it is one. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
