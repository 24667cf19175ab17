import { useCallback, useEffect, useState } from "react";
import type { Static } from "typebox";
import type { ContactPoint, PushKey } from "../../src/modules/helpdesk/api.ts";
import { get, post } from "../app/api.ts";

export type PushState = "unknown" | "impossible" | "off" | "denied" | "on";

/** Whether this very browser rings for its owner. */
export function usePush(): { state: PushState; switchOn(): Promise<void> } {
  const [state, setState] = useState<PushState>("unknown");

  useEffect(() => {
    void findState().then(setState);
  }, []);
  const switchOn = useCallback(async () => {
    const permission = await Notification.requestPermission();
    if (permission !== "granted") return setState("denied");
    await subscribe();
    setState("on");
  }, []);
  return { state, switchOn };
}

async function findState(): Promise<PushState> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !window.isSecureContext) return "impossible";
  if (Notification.permission === "denied") return "denied";
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) return "impossible";
  const subscription = await registration.pushManager.getSubscription();
  if (!subscription || Notification.permission !== "granted") return "off";
  // Telling the server again costs nothing and mends what a restored database or a new owner of this phone broke.
  await save(subscription).catch(() => undefined);
  return "on";
}

async function subscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  const { publicKey } = await get<Static<typeof PushKey>>("/push-key");
  if (!publicKey) throw new Error("This installation has no push key.");
  const existing = await registration.pushManager.getSubscription();
  await save(
    existing ?? (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })),
  );
}

function save(subscription: PushSubscription): Promise<ContactPoint> {
  const { endpoint, keys } = subscription.toJSON();
  return post<ContactPoint>("/push-subscriptions", {
    endpoint,
    keys: { p256dh: keys?.p256dh, auth: keys?.auth },
    label: deviceName(),
  });
}

/** A name by which its owner knows it again among others. */
function deviceName(): string {
  const agent = navigator.userAgent;
  const device =
    /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(agent)?.[0].replace("Macintosh", "Mac") ?? "Browser";
  const browser = /Edg\/|Firefox\/|Chrome\/|Safari\//.exec(agent)?.[0].replace("/", "").replace("Edg", "Edge") ?? "";
  return `${device} ${browser}`.trim();
}
