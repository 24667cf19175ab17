/**
 * Takes the pictures of the documents from the demo provider: `node test/journeys/pictures.ts [folder]`, by default into
 * docs/pictures.
 */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { type Static, Type } from "typebox";
import { Parse } from "typebox/value";
import { signInFor } from "./provider.ts";
import { type Device, type Stage, startStage, type WindowOptions } from "./stage.ts";

const folder = process.argv[2] ?? join(import.meta.dirname, "../../docs/pictures");
mkdirSync(folder, { recursive: true });

const Login = Type.Object({ email: Type.String(), password: Type.String() });
const Demo = Type.Object({ logins: Type.Object({ dispatcher: Login, engineer: Login, contact: Login }) });

const stage = await startStage({ args: ["--demo"] });
try {
  const { logins } = await demoOf(stage);
  const dispatcher = await signInFor(stage.url, logins.dispatcher);
  const engineer = await signInFor(stage.url, logins.engineer);
  const contact = await signInFor(stage.url, logins.contact);

  const { items } = await dispatcher.api.get("/tickets?state=on_site&state=on_the_way&state=acknowledged&limit=50");
  let ticket = { id: "", said: -1 };
  for (const { id } of items) {
    const journal = await dispatcher.api.get(`/tickets/${id}/journal`);
    const said = journal.items.filter(({ text }: { text: string | null }) => text).length;
    if (said > ticket.said) ticket = { id, said };
  }
  assert.ok(ticket.id, "the demo provider has work under way");
  const { items: devices } = await dispatcher.api.get("/devices?type=till&limit=1");

  await take("desk", "desk", `/desk/${ticket.id}`, { cookie: dispatcher.cookie });
  await take("desk-dark-zh", "desk", `/desk/${ticket.id}`, {
    cookie: dispatcher.cookie,
    locale: "zh-CN",
    colorScheme: "dark",
  });
  await take("my-work-phone", "phone", "/my-work", { cookie: engineer.cookie }, letRing);
  await take("portal", "desk", "/portal", { cookie: contact.cookie });
  await take("report-phone", "phone", `/r/${devices[0].code}`, {}, async (page) => {
    await page.getByRole("radio").first().check();
  });
} finally {
  await stage.end();
}

/** As on a phone that rings: this browser has no push service to subscribe at. */
async function letRing(page: Page): Promise<void> {
  await page.addInitScript(`
    Object.defineProperty(Notification, "permission", { get: () => "granted" });
    PushManager.prototype.getSubscription = () => Promise.resolve({ toJSON: () => ({}) });
    ServiceWorkerContainer.prototype.getRegistration = () => Promise.resolve({ pushManager: PushManager.prototype });
  `);
  await page.reload();
}

async function demoOf({ dataDir }: Stage): Promise<Static<typeof Demo>> {
  const file = join(dataDir, "demo.json");
  for (let tries = 0; !existsSync(file); tries++) {
    assert.ok(tries < 600, "the demo provider was not made in five minutes");
    await wait(500);
  }
  return Parse(Demo, JSON.parse(readFileSync(file, "utf8")));
}

async function take(
  name: string,
  device: Device,
  path: string,
  options: WindowOptions,
  prepare?: (page: Page) => Promise<unknown>,
): Promise<void> {
  const page = await stage.window(device, { deviceScaleFactor: 2, locale: "en-GB", ...options });
  await page.goto(path);
  await page.getByRole("main").waitFor();
  await prepare?.(page);
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  await page.context().close();
}
