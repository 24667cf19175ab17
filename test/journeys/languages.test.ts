import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { type Login, makeProvider } from "./provider.ts";
import { type Device, picture, type Stage, startStage, until } from "./stage.ts";

const web = join(import.meta.dirname, "../../web");
const languages = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", vi: "vi-VN" } as const;
const namesInEveryLanguage = /^(Mainstay|[A-Z0-9 ·./-]+|SMS|SaaS|WeCom|DingTalk|Feishu|Slack|Teams|ntfy|English)$/;

type Texts = { [key: string]: string | Texts };

/** Keys with a dot, and English sentences: neither is to be seen by who reads another language. */
function readEnglish(): { keys: string[]; sentences: string[] } {
  const keys: string[] = [];
  const sentences: string[] = [];
  const visit = (texts: Texts, path: string) => {
    for (const [key, value] of Object.entries(texts)) {
      const at = path ? `${path}.${key}` : key;
      if (typeof value !== "string") visit(value, at);
      else {
        if (at.includes(".")) keys.push(at);
        if (value.length >= 5 && !value.includes("{{") && !namesInEveryLanguage.test(value)) sentences.push(value);
      }
    }
  };
  for (const file of globSync("*/texts/en.json", { cwd: web }))
    visit(JSON.parse(readFileSync(join(web, file), "utf8")), "");
  return { keys, sentences };
}

const english = readEnglish();
let stage: Stage;
before(async () => {
  stage = await startStage();
});
afterEach(() => stage.assertAllWell());
after(() => stage?.end());

interface World {
  staff: Login;
  contact: Login;
  code: string;
  ticketId: string;
}

/** What a page shows in a language of its reader, and whether it is wider than the window. */
async function read(page: Page, name: string): Promise<void> {
  await page.getByRole("main").waitFor();
  const loading = page.locator("[aria-busy=true], .mantine-Skeleton-root");
  while ((await loading.count()) > 0) await loading.first().waitFor({ state: "detached" });
  const shown: string = await page.evaluate("document.body.innerText");
  const lines = new Set(shown.split("\n").map((line) => line.trim()));
  const words = new Set(shown.split(/[\s,;:!?()]+/));
  const at = `${name}, ${page.url()}`;
  assert.deepEqual(
    [...english.keys].filter((key) => words.has(key)),
    [],
    `keys in ${at}`,
  );
  assert.deepEqual(
    english.sentences.filter((sentence) => lines.has(sentence)),
    [],
    `English in ${at}`,
  );
  assert.ok(!shown.includes("{{"), `a gap in ${at}`);
  const wider: number = await page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  assert.ok(wider <= 0, `${at} is ${wider} px wider than its window`);
  await picture(page, name);
}

/** Goes to a page as a link inside the app does, which spares the loading of everything. */
async function follow(page: Page, path: string): Promise<void> {
  const heading = page.locator("main h1").first();
  const title = async () => ((await heading.count()) > 0 ? await heading.textContent() : "");
  const before = await title();
  await page.evaluate(`history.pushState({}, "", "${path}"); dispatchEvent(new PopStateEvent("popstate")); null`);
  await until(`${path} is shown`, async () => ![before, "", null].includes(await title()));
}

async function readAll(world: World, language: string, locale: string, device: Device): Promise<void> {
  const { staff, contact, code, ticketId } = world;
  const name = (what: string) => `${what}-${device}-${language}`;
  const colorScheme = device === "desk" ? "dark" : "light";
  const desk = await stage.window(device, { locale, colorScheme, cookie: staff.cookie });
  const places = ["/my-work", `/my-work/${ticketId}`, "/my-quality", "/desk"];
  const settings =
    "account staff rotas channels api-keys customers sites people devices calendars slas priorities".split(" ");
  // The settings are made at a desk; a phone shows what one needs on the way.
  if (device === "desk") places.push(...settings.map((each) => `/settings/${each}`));
  await desk.goto(`/desk/${ticketId}`);
  await desk.getByRole("article").waitFor();
  await read(desk, name("desk-ticket"));
  for (const path of places) {
    await follow(desk, path);
    await read(desk, name(path.slice(1).replace(ticketId, "ticket").replaceAll("/", "-")));
  }
  await desk.context().close();
  const portal = await stage.window(device, { locale, colorScheme, cookie: contact.cookie });
  await portal.goto("/portal");
  await read(portal, name("portal"));
  await portal.goto(`/portal/tickets/${ticketId}`);
  await read(portal, name("portal-ticket"));
  await portal.context().close();
  const visitor = await stage.window(device, { locale, colorScheme });
  await visitor.goto(`/r/${code}`);
  await visitor.getByRole("radio").last().check();
  await visitor.getByRole("textbox").first().fill("Till is frozen");
  await read(visitor, name("report"));
  await visitor.goto("/sign-in");
  await read(visitor, name("sign-in"));
  await visitor.context().close();
}

for (const [language, locale] of Object.entries(languages)) {
  test(`${language}: every page speaks it whole and fits its window`, async () => {
    const provider = await makeProvider(stage, { locale: language });
    const staff = await provider.staff("陈美玲 Trần Mỹ Linh", ["owner", "engineer"]);
    const customer = await provider.customer("Công ty Cổ phần Thương mại và Dịch vụ Bưu chính Viễn thông Sài Gòn");
    const contact = await provider.contact("Nguyễn Hoàng Phương Thảo", customer);
    const siteId = await provider.site(customer, "上海浦东新区世纪大道旗舰店 (Cửa hàng Thế Kỷ)", [staff]);
    const device = await provider.device(siteId, "Máy tính tiền quầy số 1");
    const solved = await provider.ticket(siteId, "打印机卡纸", { deviceId: device.id });
    await staff.api.post(`/tickets/${solved.id}/acknowledge`);
    await staff.api.post(`/tickets/${solved.id}/work`, { minutes: 45, kind: "on_site" });
    await staff.api.post(`/tickets/${solved.id}/resolve`, { resolution: "已更换搓纸轮。" });
    await contact.api.post(`/tickets/${solved.id}/rating`, { overall: 4, attitude: 5, comment: "很快。" });
    const ticket = await provider.ticket(siteId, "Máy tính tiền không khởi động được từ sáng nay", {
      deviceId: device.id,
    });
    await staff.api.post(`/tickets/${ticket.id}/notes`, { text: "Đã gọi điện." });
    const world = { staff, contact, code: device.code, ticketId: ticket.id };
    await Promise.all([readAll(world, language, locale, "desk"), readAll(world, language, locale, "phone")]);
  });
}
