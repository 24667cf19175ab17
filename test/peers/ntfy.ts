import { randomUUID } from "node:crypto";
import type { PeerAnswer, PeerRequest } from "./http-peer.ts";
import { at, jsonIn, overrides, startHttpPeer } from "./http-peer.ts";

export type NtfyPeer = {
  origin: string;
  received: Record<string, unknown>[];
  answerWith(answer: PeerAnswer | undefined, times?: number): void;
  close(): Promise<void>;
};

const problem = (status: number, code: number, error: string): PeerAnswer => ({
  status,
  body: { code, http: status, error, link: "https://ntfy.sh/docs/publish/" },
});

/** An ntfy server's JSON publishing. With `token`, topics are closed to others; `messagesPerDay` as in its visitor limits. */
export async function startNtfy(options: { token?: string; messagesPerDay?: number } = {}): Promise<NtfyPeer> {
  const received: Record<string, unknown>[] = [];
  const override = overrides<PeerAnswer>();

  function publish(request: PeerRequest): PeerAnswer {
    if (request.url.pathname !== "/" || !["POST", "PUT"].includes(request.method))
      return problem(404, 40401, "page not found");
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      return request.headers.authorization ? problem(401, 40101, "unauthorized") : problem(403, 40301, "forbidden");
    }
    if (request.body.length > 8192) return problem(413, 41303, "JSON body too large");
    const body = jsonIn(request.body);
    if (!body) return problem(400, 40024, "invalid request: request body must be valid JSON");
    if (!/^[-_A-Za-z0-9]{1,64}$/.test(String(body.topic))) return problem(400, 40009, "invalid request: topic invalid");
    const { priority } = body;
    if (priority !== undefined && ![1, 2, 3, 4, 5].some((known) => known === priority)) {
      return problem(400, 40007, "invalid priority parameter");
    }
    if (!areActions(body.actions)) return problem(400, 40018, "invalid request: actions invalid");
    if (Buffer.byteLength(String(body.message ?? "")) > 4096) {
      return problem(413, 41301, "attachment too large, or bandwidth limit reached");
    }
    if (received.length >= (options.messagesPerDay ?? 250)) {
      return problem(429, 42908, "limit reached: too many messages");
    }
    received.push(body);
    return { status: 200, body: { id: randomUUID().slice(0, 12), event: "message", ...body } };
  }

  const peer = await startHttpPeer((request) => override.take() ?? publish(request));
  return { origin: peer.origin, received, answerWith: override.set, close: peer.close };
}

function areActions(actions: unknown): boolean {
  if (actions === undefined) return true;
  if (!Array.isArray(actions) || actions.length > 3) return false;
  return actions.every(
    (action) =>
      ["view", "http"].includes(String(at(action, "action"))) &&
      typeof at(action, "label") === "string" &&
      /^https?:\/\//.test(String(at(action, "url"))),
  );
}
