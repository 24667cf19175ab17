import { useSyncExternalStore } from "react";
import { post, upload } from "./api.ts";
import { newId } from "./new-id.ts";
import { dropStep, type KeptStep, keepStep, keptSteps, replaySteps } from "./outbox-store.ts";
import { Unreachable } from "./problem.ts";

let steps: readonly KeptStep[] = [];
const watchers = new Set<() => void>();
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("mainstay.outbox");

async function refresh(): Promise<void> {
  steps = await keptSteps().catch(() => []);
  for (const watcher of watchers) watcher();
}

export function useKeptSteps(): readonly KeptStep[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => steps,
  );
}

/** Sends a step, or keeps it when nothing answers. Steps of one ticket never overtake each other. */
export async function sendOrKeep(
  step: Pick<KeptStep, "ticketId" | "verb" | "path" | "body" | "file" | "fileName">,
): Promise<"sent" | "kept"> {
  const key = newId();
  const waiting = steps.some((kept) => kept.ticketId === step.ticketId);
  if (!waiting && navigator.onLine) {
    try {
      if (step.file) await upload(step.path, step.file, step.fileName ?? "photo.jpg");
      else await post(step.path, step.body ?? {}, { key });
      return "sent";
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
    }
  }
  await keepStep({ ...step, key, at: new Date().toISOString() });
  await refresh();
  await askForReplay();
  return "kept";
}

export async function forgetStep(id: number): Promise<void> {
  await dropStep(id);
  await refresh();
}

export async function replayNow(): Promise<boolean> {
  const before = steps.length;
  await replaySteps();
  await refresh();
  return steps.length < before;
}

/** A browser that can, replays even when the page is closed by then. */
async function askForReplay(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const sync: unknown = registration ? Reflect.get(registration, "sync") : undefined;
  if (typeof sync === "object" && sync !== null && "register" in sync && typeof sync.register === "function") {
    await Promise.resolve(sync.register("mainstay.outbox")).catch(() => undefined);
  }
}

/** While the app is open it replays by itself: on return of the network, and every half minute while something waits. */
export function startOutbox(onSent: () => void): () => void {
  const attempt = () => {
    if (steps.length > 0 && navigator.onLine) void replayNow().then((sent) => sent && onSent());
  };
  const told = () => void refresh().then(onSent);
  void refresh().then(attempt);
  const timer = setInterval(attempt, 30_000);
  window.addEventListener("online", attempt);
  channel?.addEventListener("message", told);
  return () => {
    clearInterval(timer);
    window.removeEventListener("online", attempt);
    channel?.removeEventListener("message", told);
  };
}
