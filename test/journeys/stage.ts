import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { launchBrowser } from "../browser.ts";
import { freePort, type RunningServer, startServer } from "../running-server.ts";
import { makeTemporaryFolder } from "../temporary-folder.ts";

const root = join(import.meta.dirname, "../..");

/** A server process as an operator starts it, and a browser; what journeys are played on. */
export interface Stage {
  /** `localhost`, not an address: browsers offer passkeys to names only. */
  readonly url: string;
  readonly dataDir: string;
  readonly browser: Browser;
  /** Someone's window: their own cookies, their own device. */
  window(device: Device, options?: WindowOptions): Promise<Page>;
  /** Looks at the page as it stands with axe, by day and by night. What is serious fails the journey at its end. */
  checkAccess(page: Page): Promise<void>;
  /** Asserts that no page of the journey had an error in its script or anything in the way of those who cannot see or point. */
  assertAllWell(): void;
  end(): Promise<void>;
}

export type Device = "desk" | "phone";

export interface WindowOptions extends Omit<BrowserContextOptions, "storageState"> {
  /** The cookie of someone who signed in already; without one the window is a stranger's. */
  cookie?: string | undefined;
}

const devices: Readonly<Record<Device, BrowserContextOptions>> = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

export async function startStage(options: { args?: string[]; env?: Record<string, string> } = {}): Promise<Stage> {
  // A slow machine may need longer to build the pages than a server may need to start.
  await promisify(execFile)(process.execPath, [join(root, "web/build.ts")]);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dataDir = makeTemporaryFolder("journey");
  const env = { MAINSTAY_PUBLIC_URL: url, MAINSTAY_TEST_WEB: "off", ...options.env };
  const started = await Promise.allSettled([startServer({ dataDir, port, ...options, env }), launchBrowser()]);
  const [server, browser] = started;
  if (server.status === "rejected" || browser.status === "rejected") {
    await Promise.all([stop(server), browser.status === "fulfilled" && browser.value.close()]);
    throw server.status === "rejected" ? server.reason : Reflect.get(browser, "reason");
  }
  const mishaps: string[] = [];
  return {
    url,
    dataDir,
    browser: browser.value,
    async checkAccess(page) {
      for (const found of await findBarriers(page)) mishaps.push(found);
    },
    assertAllWell() {
      assert.deepEqual(mishaps.splice(0), []);
    },
    async window(device, { cookie, ...more } = {}) {
      const context = await browser.value.newContext({
        baseURL: url,
        locale: "en-GB",
        timezoneId: "Asia/Ho_Chi_Minh",
        // What fades in has no colour of its own yet when axe looks.
        reducedMotion: "reduce",
        ...devices[device],
        ...more,
      });
      context.setDefaultTimeout(30_000);
      if (cookie) await signIn(context, url, cookie);
      const page = await context.newPage();
      page.on("pageerror", (error) => mishaps.push(`${page.url()}: ${error.stack ?? error.message}`));
      page.on("console", (message) => {
        // Refusals and a lost connection are parts of some stories; the browser logs each as an error.
        if (message.type() === "error" && !/Failed to load resource|net::ERR_/.test(message.text()))
          mishaps.push(`${page.url()}: ${message.text()}`);
      });
      return page;
    },
    async end() {
      await browser.value.close();
      await stop(server);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function stop(server: PromiseSettledResult<RunningServer>): Promise<void> {
  if (server.status === "fulfilled") await server.value.kill("SIGTERM");
}

async function signIn(context: BrowserContext, url: string, cookie: string): Promise<void> {
  const [name = "", value = ""] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url }]);
}

async function findBarriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await settle(page, colorScheme);
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // By night only the colours are others.
    const { violations } = await (colorScheme === "dark" ? axe.withRules("color-contrast") : axe).analyze();
    for (const { id, help, impact, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      const places = nodes.map(({ html, failureSummary = "" }) => `\n  ${html.slice(0, 300)}\n  ${failureSummary}`);
      found.push(`${page.url()} (${colorScheme}) ${id}: ${help}${places.join("")}`);
    }
  }
  return found;
}

/** Waits until the page wears its other colours: on their way there they are neither. */
async function settle(page: Page, scheme: string): Promise<void> {
  await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor({ state: "attached" });
  await page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished)).then(() => null)");
}

/**
 * Marks a window. The mark is gone after a reload: what a marked window shows, it came to show by itself.
 * @returns asserts that the mark is still there
 */
export async function mark(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Reflect.set(globalThis, "journeyMark", true));
  return async () => {
    assert.equal(
      await page.evaluate(() => Reflect.get(globalThis, "journeyMark")),
      true,
      `${page.url()} was loaded again`,
    );
  };
}

/** Asks again until the answer is yes: for what comes about beside the pages. */
export async function until(question: string, ask: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await ask()); await wait(50))
    assert.ok(Date.now() < end, `never: ${question}`);
}

/** Keeps a picture of the window, where MAINSTAY_TEST_PICTURES names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.MAINSTAY_TEST_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}
