import assert from "node:assert/strict";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

export interface News {
  id: string;
  type: string;
  subject: { kind: string; id: string; version: number };
}

/** Somebody who hears the stream, over real HTTP. */
export interface Listener {
  status: number;
  readonly heard: News[];
  /** How often it heard that the line is alive, and that it should load everything again. */
  beats: number;
  resets: number;
  ended: boolean;
  close(): void;
}

export async function listen(url: string, headers: Record<string, string>): Promise<Listener> {
  const request = get(`${url}/api/v1/stream`, { headers });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.on("response", resolve).on("error", reject);
  });
  const listener: Listener = {
    status: response.statusCode ?? 0,
    heard: [],
    beats: 0,
    resets: 0,
    ended: false,
    close: () => request.destroy(),
  };
  let rest = "";
  response.setEncoding("utf8");
  response.on("error", () => {});
  response.on("close", () => {
    listener.ended = true;
  });
  response.on("data", (text: string) => {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) take(listener, block);
  });
  return listener;
}

function take(listener: Listener, block: string): void {
  if (block === ": beat") listener.beats++;
  else if (block.startsWith("event: reset")) listener.resets++;
  else if (block.startsWith("id: ")) listener.heard.push(JSON.parse(block.slice(block.indexOf("data: ") + 6)));
  else assert.match(block, /^retry: \d+$/);
}

export async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (isSo()) return;
    await wait(10);
  }
  assert.fail(`waited in vain: ${what}`);
}
