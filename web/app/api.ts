import { newId } from "./new-id.ts";
import { ApiProblem, Unreachable } from "./problem.ts";

export type QueryValue = string | number | boolean | null | undefined | readonly string[];
export type Query = Readonly<Record<string, QueryValue>>;

/** A list as every list endpoint answers it: keyset pages, `next` is null on the last one. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Call {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Query | undefined;
  body?: unknown;
  /** Row version the change was made from; sent as `If-Match`. */
  version?: number | undefined;
  key?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Lets the request outlive the page, for what is sent while leaving it. */
  keepalive?: boolean | undefined;
}

/** Keys of POSTs whose outcome nobody knows yet: the same action tried again must carry the same key. */
const openKeys = new Map<string, string>();

export function pathWithQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    if (Array.isArray(value)) for (const each of value) search.append(name, each);
    else search.set(name, String(value));
  }
  const text = search.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

export async function call<T>(request: Call): Promise<T> {
  const headers = new Headers({ accept: "application/json" });
  const init: RequestInit = { method: request.method, headers, credentials: "same-origin" };
  if (request.signal) init.signal = request.signal;
  if (request.keepalive) init.keepalive = true;
  if (request.body instanceof FormData) init.body = request.body;
  else if (request.body !== undefined) {
    headers.set("content-type", "application/json");
    init.body = JSON.stringify(request.body);
  }
  if (request.version !== undefined) headers.set("if-match", `"${request.version}"`);

  const signature = request.method === "POST" ? `${request.path} ${signatureOf(request.body)}` : undefined;
  if (signature !== undefined) {
    const key = request.key ?? openKeys.get(signature) ?? newId();
    openKeys.set(signature, key);
    headers.set("idempotency-key", key);
  }

  const response = await fetchOrUnreachable(pathWithQuery(request.path, request.query), init);
  if (response.status >= 500) throw await problemOf(response);
  if (signature !== undefined) openKeys.delete(signature);
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return JSON.parse(text || "null");
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) =>
  call<T>({ method: "GET", path, query, signal });
export const post = <T>(path: string, body: unknown = {}, options: Partial<Call> = {}) =>
  call<T>({ ...options, method: "POST", path, body });
export const put = <T>(path: string, body: unknown, options: Partial<Call> = {}) =>
  call<T>({ ...options, method: "PUT", path, body });
export const patch = <T>(path: string, body: unknown, version?: number) =>
  call<T>({ method: "PATCH", path, body, version });
export const remove = (path: string, options: Partial<Call> = {}) => call<void>({ ...options, method: "DELETE", path });

/** Fetches a document that the server makes, e.g. a label sheet, and hands it to the browser's downloads. */
export async function download(path: string, body: unknown, name: string): Promise<void> {
  const response = await fetchOrUnreachable(pathWithQuery(path), {
    method: "POST",
    headers: { "content-type": "application/json" },
    credentials: "same-origin",
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await problemOf(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function upload<T>(path: string, file: Blob, name: string): Promise<T> {
  const form = new FormData();
  form.append("file", file, name);
  return post<T>(path, form);
}

async function fetchOrUnreachable(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(error);
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get("retry-after"));
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  return new ApiProblem(response.status, body, Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined);
}

function signatureOf(body: unknown): string {
  if (!(body instanceof FormData)) return JSON.stringify(body ?? null);
  return [...body.entries()]
    .map(([name, value]) => (typeof value === "string" ? `${name}=${value}` : `${name}:${value.name}:${value.size}`))
    .join("&");
}
