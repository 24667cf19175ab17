import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { asNews, type News, readNews } from "./news.ts";

export type Connection = "live" | "connecting" | "lost";
type Listener = (news: News) => void;

const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let connection: Connection = "connecting";

function setConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const watcher of watchers) watcher();
}

function deliver(news: News): void {
  for (const listener of listeners) listener(news);
}

export function onNews(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connection,
  );
}

interface Wire {
  onNews(news: News): void;
  onConnection(connection: Connection): void;
  /** A connection that was broken stands again: news in between may have been missed. */
  onReturn(): void;
}

/**
 * The signed-in caller's news. A browser allows six connections per server, and each tab would hold one for good: so one
 * tab listens and tells the others; when it closes, the next takes over.
 */
export function openStream(client: QueryClient): () => void {
  const refresh = () => void client.invalidateQueries();
  if (!("locks" in navigator) || typeof BroadcastChannel === "undefined") {
    return listen("/api/v1/stream", { onNews: deliver, onConnection: setConnection, onReturn: refresh });
  }
  const channel = new BroadcastChannel("mainstay.stream");
  const stopping = new AbortController();
  let stop: (() => void) | undefined;
  const tell = (message: unknown) => {
    if (!stopping.signal.aborted) channel.postMessage(message);
  };

  channel.onmessage = (
    event: MessageEvent<{ news?: unknown; connection?: Connection; hello?: true; returned?: true }>,
  ) => {
    const { news, connection: state, hello, returned } = event.data;
    const known = asNews(news);
    if (known) deliver(known);
    if (state) setConnection(state);
    if (returned) refresh();
    if (hello && stop) tell({ connection });
  };
  navigator.locks
    .request("mainstay.stream", { signal: stopping.signal }, () => {
      stop = listen("/api/v1/stream", {
        onNews(news) {
          deliver(news);
          tell({ news });
        },
        onConnection(state) {
          setConnection(state);
          tell({ connection: state });
        },
        onReturn() {
          refresh();
          tell({ returned: true });
        },
      });
      return new Promise<void>((release) => stopping.signal.addEventListener("abort", () => release()));
    })
    .catch(() => undefined);
  tell({ hello: true });

  return () => {
    stop?.();
    stopping.abort();
    channel.close();
    setConnection("connecting");
  };
}

/** One stream, reopened with growing pauses; within one connection the browser itself resumes with Last-Event-ID. */
export function listen(url: string, wire: Wire): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const connect = () => {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(url);
    source.onmessage = (event: MessageEvent<string>) => {
      const news = readNews(event.data);
      if (news) wire.onNews(news);
    };
    source.addEventListener("reset", () => wire.onReturn());
    source.onopen = () => {
      if (failures > 0) wire.onReturn();
      failures = 0;
      wire.onConnection("live");
    };
    source.onerror = () => {
      failures += 1;
      // One hiccup is not worth telling: EventSource is already on its way back.
      if (failures > 1) wire.onConnection("lost");
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(connect, Math.min(30_000, 1000 * 2 ** Math.min(failures, 5)));
    };
  };
  const offline = () => {
    failures += 1;
    wire.onConnection("lost");
  };
  window.addEventListener("online", connect);
  window.addEventListener("offline", offline);
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
    window.removeEventListener("online", connect);
    window.removeEventListener("offline", offline);
  };
}
