import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { test } from "node:test";
import Fastify, { type FastifyReply } from "fastify";
import { drainRefusedBodies } from "./drain-refused-bodies.ts";

/** Sends all of a body before it reads a word, as most clients do, and answers with the status line. */
function sendWhole(port: number, path: string, bytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, "127.0.0.1");
    let answer = "";
    socket.on("error", reject);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n`);
    socket.write(`Content-Length: ${bytes}\r\n\r\n`);
    socket.write(Buffer.alloc(bytes, "x"), () => {
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("end", () => resolve(answer.split("\r\n", 1)[0] ?? ""));
    });
  });
}

test("who sends a body that is too large, or without the right, is answered and not cut off", async () => {
  const app = Fastify({ bodyLimit: 1024 });
  drainRefusedBodies(app);
  app.post("/here", async () => ({}));
  const refuse = async (_: unknown, reply: FastifyReply) => reply.code(403).send({});
  app.post("/forbidden", { onRequest: refuse }, async () => ({}));
  await app.listen({ port: 0, host: "127.0.0.1" });
  try {
    const address = app.server.address();
    assert.ok(typeof address === "object" && address);
    const { port } = address;
    for (const bytes of [2_000_000, 20_000_000, 60_000_000]) {
      assert.equal(await sendWhole(port, "/here", bytes), "HTTP/1.1 413 Payload Too Large");
      assert.equal(await sendWhole(port, "/forbidden", bytes), "HTTP/1.1 403 Forbidden");
    }
  } finally {
    await app.close();
  }
});
