import { dropAllSteps, replaySteps } from "./outbox-store.ts";

declare const self: WorkerScope;

const shell = `shell-${shellVersion}`;
const assets = `assets-${shellVersion}`;
const work = "work";
const mostWork = 300;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) => cache.addAll(shellFiles))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => ![shell, assets, work].includes(name)).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && !url.pathname.startsWith("/api/")) event.respondWith(page(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(unchanging(request));
  else if (isOwnWork(url)) event.respondWith(freshOrLastKnown(event));
});

/** What an engineer needs where there is no signal: who I am, my tickets, what is known of the place. Nothing else is kept. */
function isOwnWork({ pathname, searchParams }: URL): boolean {
  if (pathname === "/api/v1/me") return true;
  if (pathname === "/api/v1/tickets") return searchParams.get("assigneeId") === "me" || searchParams.has("deviceId");
  return /^\/api\/v1\/(tickets|sites|devices)\/[^/]+(\/journal)?$/.test(pathname);
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match("/index.html");
    if (kept) return kept;
    throw error;
  }
}

async function unchanging(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(assets);
    await cache.put(request, response.clone());
  }
  return response;
}

async function freshOrLastKnown(event: WorkerFetchEvent): Promise<Response> {
  const cache = await caches.open(work);
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keep(cache, event.request, response.clone()));
    else if (response.status === 401) event.waitUntil(caches.delete(work));
    return response;
  } catch (error) {
    const kept = await cache.match(event.request);
    if (!kept) throw error;
    const headers = new Headers(kept.headers);
    headers.set("x-mainstay-last-known", kept.headers.get("date") ?? "");
    return new Response(kept.body, { status: kept.status, headers });
  }
}

async function keep(cache: Cache, request: Request, response: Response): Promise<void> {
  await cache.put(request, response);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - mostWork)).map((old) => cache.delete(old)));
}

self.addEventListener("sync", (event) => {
  if (event.tag === "mainstay.outbox") event.waitUntil(replaySteps().then(tellPages));
});

function tellPages(): void {
  const channel = new BroadcastChannel("mainstay.outbox");
  channel.postMessage("replayed");
  channel.close();
}

self.addEventListener("message", (event) => {
  const kind: unknown =
    typeof event.data === "object" && event.data !== null ? Reflect.get(event.data, "kind") : undefined;
  // Signed out: the next person at this device must not find the last one's work.
  if (kind === "forget") event.waitUntil(Promise.all([caches.delete(work), dropAllSteps()]));
});

const takeIt: Readonly<Record<string, string>> = {
  en: "Acknowledge",
  "zh-Hans": "接单",
  "zh-Hant": "接單",
  vi: "Nhận việc",
};

self.addEventListener("push", (event) => {
  const text = textOf(event.data?.json());
  const acknowledgeUrl = text("acknowledgeUrl");
  const options: PushOptions = {
    body: text("body") ?? "",
    lang: text("language") ?? "",
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    // One ticket is one notification: a repeat rings again instead of piling up.
    tag: text("tag") ?? "mainstay",
    renotify: true,
    requireInteraction: text("urgency") === "critical",
    vibrate: [300, 150, 300, 150, 300],
    data: { url: text("url"), acknowledgeUrl },
  };
  if (acknowledgeUrl)
    options.actions = [{ action: "acknowledge", title: takeIt[text("language") ?? ""] ?? "Acknowledge" }];
  event.waitUntil(self.registration.showNotification(text("title") ?? "Mainstay", options));
});

/** What browsers take beyond the common part of the standard; those that do not know it leave it out. */
interface PushOptions extends NotificationOptions {
  actions?: { action: string; title: string }[];
  renotify?: boolean;
  vibrate?: number[];
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const text = textOf(event.notification.data);
  const url = text("url") ?? "/my-work";
  const acknowledgeUrl = text("acknowledgeUrl");
  event.waitUntil(event.action === "acknowledge" && acknowledgeUrl ? acknowledge(acknowledgeUrl, url) : open(url));
});

/** The link in the message is the right to take the call: no session is needed, so a phone that was signed out can answer. */
async function acknowledge(acknowledgeUrl: string, url: string): Promise<void> {
  try {
    const response = await fetch(acknowledgeUrl, { method: "POST" });
    if (response.ok) return tellPages();
  } catch {
    // No signal: the page explains better than a notification can, and keeps the step.
  }
  await open(url);
}

async function open(url: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const first = windows[0];
  if (!first) {
    await self.clients.openWindow(url);
    return;
  }
  await first.focus();
  await first.navigate(url).catch(() => self.clients.openWindow(url));
}

/** Reads texts of a push message or of a notification's data; anything else in it counts as absent. */
function textOf(value: unknown): (name: string) => string | undefined {
  return (name) => {
    const member: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
    return typeof member === "string" ? member : undefined;
  };
}
