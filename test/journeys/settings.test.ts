import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { readPdfText } from "../pdf-text.ts";
import { startNtfy } from "../peers/ntfy.ts";
import { makeProvider } from "./provider.ts";
import { picture, type Stage, startStage } from "./stage.ts";

let stage: Stage;
before(async () => {
  stage = await startStage({ env: { MAINSTAY_ALLOW_PRIVATE_DESTINATIONS: "true" } });
});
afterEach(() => stage.assertAllWell());
after(() => stage?.end());

/** Opens a settings page by its place in the navigation and the form behind its button. */
async function begin(page: Page, place: string, button: string): Promise<Locator> {
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: place, exact: true }).click();
  await page.getByRole("button", { name: button, exact: true }).click();
  const form = page.getByRole("dialog", { name: button });
  await form.waitFor();
  await stage.checkAccess(page);
  await picture(page, `settings-${place.toLowerCase().replaceAll(" ", "-")}`);
  return form;
}

async function choose(page: Page, form: Locator, label: string, option: string): Promise<void> {
  await form
    .getByRole("combobox", { name: label })
    .or(form.getByRole("textbox", { name: label }))
    .first()
    .click();
  await page.getByRole("option", { name: option }).first().click();
}

async function save(form: Locator): Promise<void> {
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await form.waitFor({ state: "detached" });
}

test("a firm is furnished: hours, promises, customer, site, person, device and its label", async () => {
  const provider = await makeProvider(stage);
  await provider.staff("Lan Pham", ["engineer"]);
  const page = await stage.window("desk", { cookie: provider.cookie });
  await page.goto("/settings/account");

  let form = await begin(page, "Calendars", "New calendar");
  await form.getByLabel("Name", { exact: true }).fill("Shop hours");
  await form.getByLabel("Monday").fill("8:00-12:00, 13:30-18:00");
  await form.getByRole("button", { name: "Monday's hours for Tuesday to Friday" }).click();
  await form.getByLabel("Saturday").fill("noon");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await form.getByText("Write it like").waitFor();
  await form.getByLabel("Saturday").fill("09:00–13:00");
  await choose(page, form, "Public holidays of", "Vietnam");
  await save(form);
  await page
    .getByRole("row", { name: /Shop hours/ })
    .getByText("08:00–12:00, 13:30–18:00")
    .waitFor();

  form = await begin(page, "Service levels", "New service level");
  await form.getByLabel("Name", { exact: true }).fill("Gold");
  await choose(page, form, "Calendar", "Shop hours");
  await form.getByRole("textbox", { name: "P1, critical, Response" }).fill("15m");
  await form.getByRole("textbox", { name: "P1, critical, Resolve" }).fill("1h 30m");
  await form.getByRole("tab", { name: "VIP" }).click();
  await save(form);
  await page.getByRole("row", { name: /Gold/ }).waitFor();

  const settings = page.getByRole("navigation", { name: "Settings" });
  await settings.getByRole("link", { name: "Priorities", exact: true }).click();
  const cell = page.getByLabel("Priority for impact Low, urgency High").first();
  await choose(page, page.getByRole("table"), "Priority for impact Low, urgency High", "P1");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved").waitFor();
  await page.reload();
  await cell.waitFor();
  assert.match(await cell.inputValue(), /P1/);
  await stage.checkAccess(page);
  await picture(page, "settings-priorities");

  form = await begin(page, "Customers", "New customer");
  await form.getByLabel("Name", { exact: true }).fill("Hoàn Kiếm Books");
  await choose(page, form, "Calendar", "Shop hours");
  await choose(page, form, "Add an engineer", "Lan Pham");
  await save(form);
  await page.getByRole("row", { name: /Hoàn Kiếm Books/ }).waitFor();

  form = await begin(page, "Sites", "New site");
  await choose(page, form, "Customer", "Hoàn Kiếm Books");
  await form.getByLabel("Name", { exact: true }).fill("Tràng Tiền");
  await form.getByLabel("Address").fill("44 Tràng Tiền, Hà Nội");
  await save(form);
  await page.getByRole("row", { name: /Tràng Tiền/ }).waitFor();

  form = await begin(page, "People", "New person");
  await form.getByLabel("Name", { exact: true }).fill("Anh Minh");
  await form.getByLabel("E-mail").fill("minh@example.com");
  await choose(page, form, "Customer", "Hoàn Kiếm Books");
  await choose(page, form, "Site", "Tràng Tiền");
  await save(form);
  await page
    .getByRole("row", { name: /Anh Minh/ })
    .getByText("User · Tràng Tiền")
    .waitFor();

  form = await begin(page, "Devices", "New device");
  await form.getByLabel("Name", { exact: true }).fill("Quầy 1");
  await choose(page, form, "Site", "Tràng Tiền");
  await form.getByLabel("Type").fill("till");
  await save(form);
  await page.getByRole("row", { name: /Quầy 1/ }).waitFor();
  await stage.checkAccess(page);
  await page.getByRole("button", { name: "Print labels" }).click();
  const [sheet] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "A4, 24 small labels" }).click(),
  ]);
  const { pages, pieces } = readPdfText(await readFile(await sheet.path()));
  assert.equal(pages, 1);
  assert.ok(pieces.join(" ").includes("Quầy 1"), pieces.join(" "));

  const [agreement] = (await provider.api.get("/customers?q=Books")).items;
  assert.deepEqual(
    agreement.namedEngineers.map((each: { name: string }) => each.name),
    ["Lan Pham"],
  );
});

test("who is on call, and a call that is tried out before it is needed", async () => {
  const ntfy = await startNtfy();
  after(() => ntfy.close());
  const provider = await makeProvider(stage);
  await provider.staff("Lan Pham", ["engineer"]);
  const page = await stage.window("desk", { cookie: provider.cookie });
  await page.goto("/settings/account");
  let form = await begin(page, "On-call rotas", "New rota");
  await form.getByLabel("Name", { exact: true }).fill("Nights");
  await choose(page, form, "Add someone", "Lan Pham");
  await choose(page, form, "Add someone", "An Owner");
  await save(form);
  await page.getByRole("heading", { name: "Nights" }).waitFor();
  await stage.checkAccess(page);
  await picture(page, "settings-rota-made");

  form = await begin(page, "How I am called", "Add another way");
  await choose(page, form, "Way", "ntfy");
  await form.getByLabel("Server").fill(ntfy.origin);
  await form.getByLabel("Topic").fill("nights");
  await save(form);
  await page.getByRole("button", { name: "Send a test" }).first().click();
  await page.getByText("The test was handed over. Did it arrive?").waitFor();
  assert.equal(ntfy.received.length, 1);
  await stage.checkAccess(page);
  await picture(page, "settings-channel-made");
});

test("an engineer's work in a calendar: an address shown once, read by anyone who has it, renewed, revoked", async () => {
  const provider = await makeProvider(stage);
  const engineer = await provider.staff("Lan Pham", ["engineer"]);
  const site = await provider.site(await provider.customer("Hoàn Kiếm Books"), "Tràng Tiền", [engineer]);
  const ticket = await provider.ticket(site, "Till is frozen");
  const page = await stage.window("phone", { cookie: engineer.cookie });
  await page.goto("/settings/account");
  await page.getByText("There is no address yet.").waitFor();
  await page.getByRole("button", { name: "Make the address" }).click();
  const field = page.getByLabel("Your calendar address");
  await field.waitFor();
  const first = await field.inputValue();
  const calendar = await fetch(first);
  assert.equal(calendar.headers.get("content-type"), "text/calendar; charset=utf-8");
  assert.ok((await calendar.text()).includes(`SUMMARY:${ticket.number} Till is frozen`));
  await page.getByText("Google Calendar").waitFor();
  await stage.checkAccess(page);
  await picture(page, "account-calendar-phone");

  await page.reload();
  await page.getByText("It was shown once").waitFor();
  assert.equal(await field.count(), 0);
  await page.getByRole("button", { name: "Renew the address" }).click();
  await field.waitFor();
  const second = await field.inputValue();
  assert.notEqual(second, first);
  assert.deepEqual([(await fetch(first)).status, (await fetch(second)).status], [404, 200]);
  await page.getByRole("button", { name: "Revoke it" }).click();
  await page.getByText("There is no address yet.").waitFor();
  assert.equal((await fetch(second)).status, 404);
});
