import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { CDPSession, Worker } from "playwright-core";
import { createSubscription, type PushService, startPushService } from "../peers/push-service.ts";
import { makeProvider } from "./provider.ts";
import { type Stage, startStage, until } from "./stage.ts";

let stage: Stage;
let push: PushService;
before(async () => {
  push = await startPushService();
  stage = await startStage({ env: { MAINSTAY_ALLOW_PRIVATE_DESTINATIONS: "true" } });
});
afterEach(() => stage.assertAllWell());
after(async () => {
  await stage?.end();
  await push?.close();
});

interface Shown {
  title: string;
  options: Record<string, unknown>;
}

/**
 * This browser without a screen has nowhere to show notifications, and refuses them; what our worker asks to be shown is
 * kept instead.
 */
async function keepNotifications(worker: Worker): Promise<() => Promise<Shown[]>> {
  await worker.evaluate(`
    globalThis.shown = [];
    registration.showNotification = async (title, options) => { shown.push({ title, options }); };
  `);
  return () => worker.evaluate("shown");
}

/** A tap on the notification, or on its button. */
async function tap(worker: Worker, action: string): Promise<void> {
  await worker.evaluate(`{
    const { data } = shown.at(-1).options;
    const event = new Event("notificationclick");
    Object.assign(event, { action: ${JSON.stringify(action)}, notification: { data, close() {} }, waitUntil() {} });
    dispatchEvent(event);
  }`);
}

async function registrationOf(session: CDPSession): Promise<string> {
  const found = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [first] }) => {
      if (first) resolve(first.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  return found;
}

test("a fault reaches the engineer's browser as a push message; its button takes the ticket, a tap opens it", async () => {
  const provider = await makeProvider(stage);
  const engineer = await provider.staff("Lan Pham", ["engineer"]);
  const site = await provider.site(await provider.customer("Corner Shops"), "High Street", [engineer]);
  // No vendor's push service can be reached from here: the peer that stands in its place hands over what it decrypted.
  const subscriber = createSubscription();
  await engineer.api.post("/push-subscriptions", { endpoint: push.endpointFor(subscriber), keys: subscriber.keys });

  const page = await stage.window("phone", { cookie: engineer.cookie });
  await page.goto("/my-work");
  await page.evaluate("navigator.serviceWorker.ready.then(() => null)");
  const [worker] = page.context().serviceWorkers();
  assert.ok(worker, "our service worker runs");
  const session = await page.context().newCDPSession(page);
  const registrationId = await registrationOf(session);
  const shown = await keepNotifications(worker);

  const ticket = await provider.ticket(site, "All tills are down", { impact: "high", urgency: "high" });
  const [received] = await push.waitForMessages(1);
  assert.ok(received);
  const data = JSON.stringify(received.message);
  await session.send("ServiceWorker.deliverPushMessage", { origin: stage.url, registrationId, data });
  await until("the worker shows the call", async () => (await shown()).length === 1);
  const [call] = await shown();
  assert.equal(call?.title, `P1 ${ticket.number}: All tills are down`);
  assert.match(String(call?.options.body), /High Street/);
  assert.deepEqual(
    [call?.options.tag, call?.options.lang, call?.options.requireInteraction, call?.options.actions],
    [ticket.id, "en", true, [{ action: "acknowledge", title: "Acknowledge" }]],
  );

  await tap(worker, "acknowledge");
  await until("the ticket is taken", async () => {
    const { state, assigneeId } = await provider.api.get(`/tickets/${ticket.id}`);
    return state === "acknowledged" && assigneeId === engineer.id;
  });
  await page.getByText("All tills are down").first().waitFor();

  // A browser focuses a window only for a real tap: that is the one step left out.
  await worker.evaluate("WindowClient.prototype.focus = async function () { return this; };");
  await tap(worker, "");
  await page.waitForURL(`**/desk/${ticket.id}`);
  await page.getByRole("heading", { name: "All tills are down" }).waitFor();
});
