import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:http";

export type PeerRequest = { method: string; url: URL; headers: IncomingHttpHeaders; body: Buffer };
export type PeerAnswer = { status: number; headers?: Record<string, string>; body?: string | object };
export type HttpPeer = { origin: string; close(): Promise<void> };

/** An HTTP server on 127.0.0.1 that answers every whole request by one function. */
export async function startHttpPeer(answer: (request: PeerRequest, origin: string) => PeerAnswer): Promise<HttpPeer> {
  let origin = "";
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { status, headers, body } = answer(
      {
        method: request.method ?? "",
        url: new URL(request.url ?? "/", origin),
        headers: request.headers,
        body: Buffer.concat(chunks),
      },
      origin,
    );
    const type = typeof body === "object" ? { "Content-Type": "application/json" } : {};
    response.writeHead(status, { ...type, ...headers });
    response.end(typeof body === "object" ? JSON.stringify(body) : body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("The peer has no port.");
  origin = `http://127.0.0.1:${bound.port}`;
  return {
    origin,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The JSON object in a body, or undefined. */
export function jsonIn(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** A value deep in JSON, by dotted path. */
export function at(value: unknown, path: string): unknown {
  let current = value;
  for (const name of path.split(".")) {
    if (typeof current !== "object" || current === null) return undefined;
    current = Reflect.get(current, name);
  }
  return current;
}

/** An answer that stands in for the real one, a number of times or until it is lifted. */
export function overrides<Answer>() {
  let current: { answer: Answer; times: number } | undefined;
  return {
    set(answer: Answer | undefined, times = Number.POSITIVE_INFINITY) {
      current = answer === undefined ? undefined : { answer, times };
    },
    take(): Answer | undefined {
      if (!current || current.times <= 0) return undefined;
      current.times -= 1;
      return current.answer;
    },
  };
}
