import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import type { HttpPeer, PeerAnswer } from "../../../test/peers/http-peer.ts";
import { startHttpPeer } from "../../../test/peers/http-peer.ts";
import { setClock } from "../clock.ts";
import { closeRequestAgents, judgeStatus, retryAfterSeconds, sendRequest } from "./send-request.ts";

let peer: HttpPeer;
let answer: PeerAnswer = { status: 200 };
const paths: string[] = [];

before(async () => {
  peer = await startHttpPeer(({ url }) => {
    paths.push(url.pathname);
    return answer;
  });
});
after(async () => {
  closeRequestAgents();
  await peer.close();
});

const request = (url: string, allowPrivate: boolean) => sendRequest({ service: "Chat", url, body: "{}", allowPrivate });

test("an address inside the operator's network is refused, however it is written, and nothing is sent", async () => {
  const { port } = new URL(peer.origin);
  paths.length = 0;
  for (const host of [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "169.254.169.254",
    "10.0.0.1",
  ]) {
    const sent = await request(`https://${host}:${port}/`, false);
    assert.ok("failure" in sent, host);
    assert.equal(sent.failure.outcome, "refused", host);
  }
  assert.deepEqual(paths, []);
});

test("plain http, credentials in the address, other schemes and nonsense are refused", async () => {
  for (const url of ["http://example.com/", "https://user:pass@example.com/", "file:///etc/passwd", "https://", "x"]) {
    const sent = await request(url, false);
    assert.equal("failure" in sent && sent.failure.outcome, "refused", url);
  }
});

test("a redirect is not followed", async () => {
  answer = { status: 302, headers: { Location: `${peer.origin}/elsewhere` } };
  paths.length = 0;
  const sent = await request(`${peer.origin}/hook`, true);
  assert.ok("answer" in sent);
  assert.equal(judgeStatus("Chat", sent.answer).outcome, "refused");
  assert.deepEqual(paths, ["/hook"]);
});

test("an endless answer is read up to 64 KiB", async () => {
  answer = { status: 200, body: "x".repeat(1_000_000) };
  const sent = await request(`${peer.origin}/hook`, true);
  assert.ok("answer" in sent);
  assert.equal(sent.answer.text.length, 65_536);
});

test("a refused connection and a broken one are tried later", async () => {
  const rude = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(rude, "listening");
  const bound = rude.address();
  assert.ok(bound !== null && typeof bound === "object");
  const origin = `http://127.0.0.1:${bound.port}/`;
  const broken = await request(origin, true);
  assert.equal("failure" in broken && broken.failure.outcome, "try_later");
  rude.close();
  await once(rude, "close");
  const closed = await request(origin, true);
  assert.deepEqual(closed, { failure: { outcome: "try_later", detail: "Chat: no connection (ECONNREFUSED)." } });
});

test("a kept connection that the other side closed in the meantime costs nothing", async (t) => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    let requests = 0;
    socket.on("error", () => {});
    socket.on("data", () => {
      requests += 1;
      if (requests > 1) return socket.resetAndDestroy();
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  assert.ok(bound !== null && typeof bound === "object");
  t.after(() => {
    closeRequestAgents();
    server.close();
  });
  const url = `http://127.0.0.1:${bound.port}/`;
  for (let round = 0; round < 2; round += 1) {
    const sent = await request(url, true);
    assert.equal("answer" in sent && sent.answer.text, "ok");
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(connections, 2);
});

test("a sending that its caller stops ends at once and is tried later", async (t) => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const bound = silent.address();
  assert.ok(bound !== null && typeof bound === "object");
  t.after(() => silent.close());
  const stop = new AbortController();
  const sending = sendRequest({
    service: "Chat",
    url: `http://127.0.0.1:${bound.port}/`,
    allowPrivate: true,
    signal: stop.signal,
  });
  await once(silent, "connection");
  stop.abort();
  assert.deepEqual(await sending, { failure: { outcome: "try_later", detail: "Chat: the sending was stopped." } });
});

test("Retry-After is read as seconds or as a date, and never beyond a day", () => {
  setClock("2026-11-22T12:00:00Z");
  assert.equal(retryAfterSeconds({ "retry-after": "30" }), 30);
  assert.equal(retryAfterSeconds({ "retry-after": "Sun, 22 Nov 2026 12:02:00 GMT" }), 120);
  assert.equal(retryAfterSeconds({ "retry-after": "Sun, 22 Nov 2026 11:00:00 GMT" }), 0);
  assert.equal(retryAfterSeconds({ "retry-after": "99999999" }), 86_400);
  assert.equal(retryAfterSeconds({ "retry-after": "soon" }), undefined);
  assert.equal(retryAfterSeconds({}), undefined);
  setClock(undefined);
});

test("a status says: delivered, later or refused", () => {
  const outcome = (status: number) => judgeStatus("Chat", { status, headers: {}, text: "" }).outcome;
  assert.deepEqual([200, 201, 202, 204].map(outcome), Array(4).fill("delivered_to_service"));
  assert.deepEqual([408, 429, 500, 502, 503, 504].map(outcome), Array(6).fill("try_later"));
  assert.deepEqual([301, 400, 401, 403, 404, 410, 413].map(outcome), Array(7).fill("refused"));
});

test("a header that would break the request is refused, not sent", async () => {
  paths.length = 0;
  for (const headers of [{ "X-Key": "a\r\nHost: b" }, { "X Key": "a" }]) {
    const sent = await sendRequest({ service: "Chat", url: peer.origin, headers, allowPrivate: true });
    assert.equal("failure" in sent && sent.failure.outcome, "refused");
  }
  assert.deepEqual(paths, []);
});
