import type { App } from "../../src/platform/http.ts";
import { idsIn } from "./product.ts";
import type { Method } from "./route-table.ts";

export interface Answer {
  status: number;
  type: string;
  text: string;
  headers: Record<string, unknown>;
  /** Parsed JSON; undefined when it is none. */
  json: ReturnType<typeof JSON.parse>;
}

export interface Question {
  method: Method;
  url: string;
  body?: unknown;
  /** A body that is sent as it stands. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
}

let addresses = 0;

/** Asks over HTTP, each time from another address, so that limits of anonymous callers stay out of the story. */
export async function ask(app: App, credential: Record<string, string>, question: Question): Promise<Answer> {
  const { method, url, body, raw, headers } = question;
  const address = ++addresses;
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await app.inject({
    method,
    url,
    remoteAddress: `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`,
    headers: {
      ...(payload === undefined ? {} : { "content-type": "application/json" }),
      ...credential,
      ...headers,
    },
    ...(payload === undefined ? {} : { payload }),
  });
  const type = String(answer.headers["content-type"] ?? "");
  const text = answer.payload;
  return {
    status: answer.statusCode,
    type,
    text,
    headers: answer.headers,
    json: type.includes("json") && text !== "" ? JSON.parse(text) : undefined,
  };
}

/** A form with one file, as a browser sends it. */
export async function fileForm(
  name: string,
  content: string | Buffer,
  fields: Record<string, string> = {},
  mediaType = "application/octet-stream",
): Promise<{ raw: Buffer; headers: Record<string, string> }> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set("file", new Blob([Uint8Array.from(Buffer.from(content))], { type: mediaType }), name);
  const response = new Response(form);
  return {
    raw: Buffer.from(await response.arrayBuffer()),
    headers: { "content-type": response.headers.get("content-type") ?? "" },
  };
}

/** What an answer says that it must not: words and ids that its caller may not see and did not send. */
export function leaksIn(
  answer: Pick<Answer, "text">,
  question: Question,
  hidden: { words: readonly string[]; ids: ReadonlySet<string> },
): string[] {
  const sent = `${question.url} ${JSON.stringify(question.body) ?? ""}`;
  const text = answer.text.toLowerCase();
  const words = hidden.words.filter((word) => text.includes(word) && !sent.toLowerCase().includes(word));
  const ids = [...idsIn(text)].filter((id) => hidden.ids.has(id) && !sent.includes(id));
  return [...words, ...ids];
}

/** Faults as they are told: those that differ by an id only told once, with how often, and no more than one can read. */
export function brief(faults: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const fault of faults) {
    const told = fault.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "<id>").slice(0, 400);
    counts.set(told, (counts.get(told) ?? 0) + 1);
  }
  const told = [...counts].map(([fault, count]) => (count > 1 ? `${fault} (${count} times)` : fault));
  return [...told.slice(0, 50), ...(told.length > 50 ? [`and ${told.length - 50} more`] : [])];
}
