import { randomUUID } from "node:crypto";
import { now } from "../../src/platform/clock.ts";
import type { PeerAnswer, PeerRequest } from "./http-peer.ts";
import { overrides, startHttpPeer } from "./http-peer.ts";
import type { Subscriber, VapidClaims } from "./push-crypto.ts";
import { decryptPush, verifyVapid } from "./push-crypto.ts";

export { createSubscription } from "./push-crypto.ts";
export type { Subscriber };

export type ReceivedPush = {
  subscriberId: string;
  /** The decrypted text, and the same parsed when it is JSON. */
  text: string;
  message: unknown;
  ttlSeconds: number;
  urgency: string;
  topic: string | undefined;
  vapid: VapidClaims;
};

export type PushService = {
  origin: string;
  /** Registers the subscriber and gives the endpoint that its browser would show. */
  endpointFor(subscriber: Subscriber): string;
  /** From now on its endpoint answers 410. */
  unsubscribe(subscriber: Subscriber): void;
  /** Everything that arrived and could be decrypted, oldest first. */
  received: ReceivedPush[];
  /** Why requests were turned down. */
  problems: string[];
  /** Answers this status instead, a number of times or until `answerWith(201)`. Arrivals answered so are not received. */
  answerWith(status: number, options?: { times?: number; retryAfter?: string }): void;
  /** Resolves once so many messages have arrived in all. */
  waitForMessages(count: number): Promise<ReceivedPush[]>;
  close(): Promise<void>;
};

/**
 * A push service and the browsers behind it: takes messages as RFC 8030 says, checks VAPID (RFC 8292), decrypts
 * (RFC 8291). With `applicationServerKey`, other senders are turned away, as for a restricted subscription.
 */
export async function startPushService(options: { applicationServerKey?: string } = {}): Promise<PushService> {
  const subscribers = new Map<string, { subscriber: Subscriber; ended: boolean }>();
  const received: ReceivedPush[] = [];
  const problems: string[] = [];
  const waiting: { count: number; resolve: (all: ReceivedPush[]) => void }[] = [];
  const override = overrides<{ status: number; retryAfter?: string }>();

  function turnDown(status: number, reason: string): PeerAnswer {
    problems.push(`${status} ${reason}`);
    return { status, body: { code: status, error: reason } };
  }

  function take(request: PeerRequest, origin: string): PeerAnswer {
    const forced = override.take();
    if (forced) {
      const headers: Record<string, string> = forced.retryAfter ? { "Retry-After": forced.retryAfter } : {};
      return { ...turnDown(forced.status, "as told"), headers };
    }
    const id = /^\/push\/([\w-]+)$/.exec(request.url.pathname)?.[1];
    const known = id === undefined ? undefined : subscribers.get(id);
    if (!known) return turnDown(404, "no such subscription");
    if (known.ended) return turnDown(410, "the subscription has ended");
    const wrong = wrongInHeaders(request);
    if (wrong) return turnDown(400, wrong);
    const vapid = verifyVapid(request.headers.authorization);
    if (!vapid) return turnDown(401, "a valid VAPID signature is required");
    const unfit = wrongInClaims(vapid, origin);
    if (unfit) return turnDown(403, unfit);
    if (options.applicationServerKey !== undefined && vapid.key !== options.applicationServerKey) {
      return turnDown(403, "another application server's subscription");
    }
    if (request.body.length > 4096) return turnDown(413, "the payload is larger than 4096 bytes");
    let text: string;
    try {
      text = decryptPush(known.subscriber, request.body);
    } catch (error) {
      return turnDown(400, `the browser cannot decrypt: ${error instanceof Error ? error.message : "?"}`);
    }
    received.push({
      subscriberId: known.subscriber.id,
      text,
      message: parsed(text),
      ttlSeconds: Number(request.headers.ttl),
      urgency: String(request.headers.urgency ?? "normal"),
      topic: request.headers.topic?.toString(),
      vapid,
    });
    for (const waiter of waiting) if (received.length >= waiter.count) waiter.resolve([...received]);
    return {
      status: 201,
      headers: { Location: `${origin}/message/${randomUUID()}`, TTL: String(request.headers.ttl) },
    };
  }

  const peer = await startHttpPeer(take);
  return {
    origin: peer.origin,
    endpointFor(subscriber) {
      subscribers.set(subscriber.id, { subscriber, ended: false });
      return `${peer.origin}/push/${subscriber.id}`;
    },
    unsubscribe(subscriber) {
      subscribers.set(subscriber.id, { subscriber, ended: true });
    },
    received,
    problems,
    answerWith(status, { times, retryAfter } = {}) {
      override.set(status === 201 ? undefined : { status, ...(retryAfter ? { retryAfter } : {}) }, times);
    },
    waitForMessages(count) {
      if (received.length >= count) return Promise.resolve([...received]);
      return new Promise((resolve) => waiting.push({ count, resolve }));
    },
    close: peer.close,
  };
}

function wrongInHeaders({ method, headers }: PeerRequest): string | undefined {
  if (method !== "POST") return "POST only";
  if (!/^\d+$/.test(String(headers.ttl ?? ""))) return "TTL is required (RFC 8030 section 5.2)";
  if (!["very-low", "low", "normal", "high"].includes(String(headers.urgency ?? "normal"))) return "unknown urgency";
  const { topic } = headers;
  if (topic !== undefined && !/^[A-Za-z0-9_-]{1,32}$/.test(topic.toString()))
    return "the topic is not base64url of ≤ 32";
  if (headers["content-encoding"] !== "aes128gcm") return "the content encoding must be aes128gcm";
  return undefined;
}

function wrongInClaims(vapid: VapidClaims, origin: string): string | undefined {
  const seconds = now().epochMilliseconds / 1000;
  if (vapid.aud !== origin) return "the token is for another audience";
  if (!(vapid.exp > seconds)) return "the token has expired";
  if (vapid.exp > seconds + 86_400) return "the token lives longer than a day";
  if (!/^(mailto:|https:)/.test(vapid.sub)) return "the subject is neither mailto: nor https:";
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
