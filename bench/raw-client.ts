import { connect, type Socket } from "node:net";

/** Answers come one after the other on a connection; bodies carry their length. As little work as HTTP/1.1 allows. */
export interface RawClient {
  send(request: Buffer): Promise<{ status: number; body: string }>;
  close(): void;
}

export function rawRequest(method: string, path: string, headers: Record<string, string>, body?: unknown): Buffer {
  const payload = body === undefined ? "" : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, "host: 127.0.0.1"];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (payload) lines.push("content-type: application/json", `content-length: ${Buffer.byteLength(payload)}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${payload}`);
}

export async function openRawClient(port: number): Promise<RawClient> {
  const socket: Socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", () => resolve());
    socket.once("error", reject);
  });
  let buffered: Buffer = Buffer.alloc(0);
  let waiting: { resolve(answer: { status: number; body: string }): void; reject(error: Error): void } | undefined;
  socket.on("data", (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    const end = buffered.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = buffered.toString("latin1", 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (buffered.length < end + 4 + length) return;
    const body = buffered.toString("utf8", end + 4, end + 4 + length);
    buffered = buffered.subarray(end + 4 + length);
    waiting?.resolve({ status: Number(head.slice(9, 12)), body });
    waiting = undefined;
  });
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = undefined;
  };
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("the connection was closed")));
  return {
    send(request) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      });
    },
    close: () => socket.destroy(),
  };
}
