import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { type Login, makeProvider, type Provider, type Ticket } from "./provider.ts";
import { picture, type Stage, startStage, until } from "./stage.ts";

let stage: Stage;
before(async () => {
  stage = await startStage();
});
afterEach(() => stage.assertAllWell());
after(() => stage?.end());

interface Desk {
  provider: Provider;
  dispatcher: Login;
  engineer: Login;
  tickets: Ticket[];
}

/** A provider whose desk has tickets of these subjects open, the first of them due first. */
async function openDesk(...subjects: string[]): Promise<Desk> {
  const provider = await makeProvider(stage);
  const dispatcher = await provider.staff("Minh Dao", ["dispatcher", "engineer"]);
  const engineer = await provider.staff("Lan Pham", ["engineer"]);
  const siteId = await provider.site(await provider.customer("Corner Shops"), "High Street");
  const tickets: Ticket[] = [];
  for (const subject of subjects) tickets.push(await provider.ticket(siteId, subject));
  return { provider, dispatcher, engineer, tickets };
}

async function enter(who: Login, path = "/desk"): Promise<Page> {
  const page = await stage.window("desk", { cookie: who.cookie });
  await page.goto(path);
  await page.getByRole("navigation", { name: "Views" }).first().waitFor();
  return page;
}

const row = (page: Page, subject: string) => page.getByRole("listitem").filter({ hasText: subject });
const toast = (page: Page, text: string | RegExp) => page.getByRole("alert").filter({ hasText: text });
/** The boxes show themselves to whoever points at a row. */
async function select(page: Page, { number }: Ticket, ...modifiers: "Shift"[]): Promise<void> {
  await page
    .getByRole("listitem")
    .filter({ hasText: `${number} ·` })
    .hover();
  await page.getByRole("checkbox", { name: `Select ${number}`, exact: true }).click({ modifiers });
}
const assignees = async ({ provider }: Desk) =>
  (await provider.api.get("/tickets?state=open")).items.map((ticket: Ticket) => ticket.assigneeId);

test("what was done can be taken back: an assignment by button, a solution by key, a reply with its words", async () => {
  const desk = await openDesk("Scanner is dead");
  const [ticket] = desk.tickets;
  assert.ok(ticket);
  const page = await enter(desk.dispatcher, `/desk/${ticket.id}`);
  const pane = page.getByRole("article");
  await pane.getByRole("button", { name: "Assign", exact: true }).click();
  await page.getByRole("option", { name: "Lan Pham" }).click();
  await toast(page, `${ticket.number} assigned to Lan Pham`).waitFor();
  await pane.getByText("assigned to Lan Pham").waitFor();
  await stage.checkAccess(page);
  await picture(page, "desk-undo");
  await toast(page, "assigned to").getByRole("button", { name: "Undo" }).click();
  await pane.getByText("nobody is assigned any more").waitFor();
  assert.deepEqual(await assignees(desk), [null]);

  await pane.getByRole("button", { name: "Acknowledge" }).click();
  await pane.getByRole("button", { name: "Resolve", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What solved it?").fill("Charged it.");
  await stage.checkAccess(page);
  await dialog.getByRole("button", { name: "Resolve" }).click();
  await toast(page, `Resolving ${ticket.number}`).waitFor();
  await pane.getByText("Resolved", { exact: true }).waitFor();
  await page.keyboard.press("z");
  await pane.getByText("Acknowledged", { exact: true }).waitFor();

  const reply = pane.getByRole("textbox", { name: "Reply" });
  await reply.fill("Is it charged?");
  await pane.getByRole("button", { name: "Send" }).click();
  await toast(page, "Sending reply").getByRole("button", { name: "Undo" }).click();
  await until("the words are back", async () => (await reply.inputValue()) === "Is it charged?");
  // Whatever was held back would be sent when the page is left.
  await page.goto("/settings/account");
  await page.getByRole("heading", { name: "My account" }).waitFor();
  const kinds = (await desk.provider.api.get(`/tickets/${ticket.id}/journal`)).items.map(
    (entry: { kind: string }) => entry.kind,
  );
  assert.ok(!kinds.includes("resolved") && !kinds.includes("reply"), kinds.join());
});

test("the palette finds a ticket by its words, does what can be done with it, and goes anywhere", async () => {
  const desk = await openDesk("Scanner is dead", "Label printer jams");
  const [, printer] = desk.tickets;
  assert.ok(printer);
  const { get } = desk.provider.api;
  await until("the search knows the ticket", async () => (await get("/tickets?q=printer")).items.length > 0);
  const page = await enter(desk.dispatcher);
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "A ticket, a place, a command" });
  await field.fill("printer");
  await page.getByRole("option", { name: /Label printer jams/ }).waitFor();
  await stage.checkAccess(page);
  await picture(page, "desk-palette");
  await page.getByRole("option", { name: /Label printer jams/ }).click();
  await page.getByRole("article", { name: `${printer.number} Label printer jams` }).waitFor();

  await page.keyboard.press("Control+k");
  await field.fill("acknow");
  await page.getByRole("option", { name: `Acknowledge · ${printer.number}` }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("article").getByText("Acknowledged", { exact: true }).waitFor();

  await page.keyboard.press("Control+k");
  await field.fill("devices");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Devices" }).waitFor();
  await page.keyboard.press("Control+k");
  await field.fill("việt");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Thiết bị" }).waitFor();
});

test("one change for many: assigned and given another priority together, taken back together, refusals told", async () => {
  const desk = await openDesk("Fault one", "Fault two", "Fault three", "Fault four");
  const page = await enter(desk.dispatcher);
  const [first, , , last] = desk.tickets;
  assert.ok(first && last);
  await select(page, first);
  await select(page, last, "Shift");
  const bar = page.getByRole("toolbar", { name: "4 selected" });
  await bar.waitFor();
  await stage.checkAccess(page);
  await picture(page, "desk-bulk");
  await bar.getByRole("button", { name: "Assign" }).click();
  await page.getByRole("option", { name: "Lan Pham" }).click();
  await toast(page, "4 tickets changed").waitFor();
  assert.deepEqual(await assignees(desk), Array(4).fill(desk.engineer.id));
  await toast(page, "4 tickets changed").getByRole("button", { name: "Undo" }).click();
  await row(page, "Fault four").getByText("Nobody yet").waitFor();
  await until("nobody has any", async () => (await assignees(desk)).every((each: string | null) => each === null));

  await select(page, first);
  await select(page, last);
  await page.getByRole("toolbar", { name: "2 selected" }).getByRole("button", { name: "Priority" }).click();
  await page.getByRole("menuitem", { name: /P1/ }).click();
  await toast(page, "2 tickets changed").waitFor();
  const { items } = await desk.provider.api.get("/tickets?priority=p1");
  assert.equal(items.length, 2);

  await desk.provider.api.post(`/tickets/${first.id}/acknowledge`);
  await desk.provider.api.post(`/tickets/${first.id}/resolve`, { resolution: "Done." });
  await page.goto("/desk?view=all");
  await select(page, first);
  await select(page, last);
  await page.getByRole("toolbar", { name: "2 selected" }).getByRole("button", { name: "Assign" }).click();
  await page.getByRole("option", { name: "Lan Pham" }).click();
  await toast(page, "1 ticket did not allow it").waitFor();
  await toast(page, "1 ticket changed").waitFor();
});

test("two at one ticket see each other, and who is answering", async () => {
  const desk = await openDesk("Till is frozen");
  const other = await desk.provider.staff("Hoa Tran", ["dispatcher"]);
  const path = `/desk/${desk.tickets[0]?.id}`;
  const one = await enter(desk.dispatcher, path);
  await one.getByRole("textbox", { name: "Reply" }).waitFor();
  const two = await enter(other, path);
  await one.getByText("Hoa Tran is looking at this too").waitFor();
  await two.getByText("Minh Dao is looking at this too").waitFor();
  await two.getByRole("textbox", { name: "Reply" }).fill("We are on it.");
  await one.getByText("Hoa Tran is answering right now").waitFor();
  await stage.checkAccess(one);
  await picture(one, "desk-collision");
  await two.getByRole("button", { name: "Send" }).click();
  await one.getByText("Hoa Tran is looking at this too").waitFor();
  await two.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });
  await one.getByText("We are on it.").waitFor();
  await two.getByRole("link", { name: "My work" }).click();
  await one.getByText("Hoa Tran is looking at this too").waitFor({ state: "detached" });
});

test("a narrowed list is kept as a view, for oneself and for colleagues, and can be dropped and brought back", async () => {
  const desk = await openDesk("Fault one", "Fault two");
  const [first] = desk.tickets;
  await desk.provider.api.post("/ticket-changes", { ids: [first?.id], verb: "edit", body: { priority: "p1" } });
  const page = await enter(desk.dispatcher);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("checkbox", { name: "P1, critical" }).check();
  await row(page, "Fault two").waitFor({ state: "detached" });
  await stage.checkAccess(page);
  await picture(page, "desk-filter");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save this view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Burning");
  await page.getByRole("checkbox", { name: "Everyone at the desk sees it" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: "Burning" }).waitFor();

  const other = await desk.provider.staff("Hoa Tran", ["dispatcher"]);
  const two = await enter(other);
  await row(two, "Fault two").waitFor();
  await two.getByRole("link", { name: "Burning" }).first().click();
  await row(two, "Fault two").waitFor({ state: "detached" });
  await row(two, "Fault one").waitFor();

  await page.getByRole("link", { name: "Burning" }).first().hover();
  await page.getByRole("button", { name: "Delete view: Burning" }).click();
  await toast(page, "View “Burning” deleted").waitFor();
  assert.equal((await desk.dispatcher.api.get("/saved-views")).items.length, 0);
  await toast(page, "View “Burning” deleted").getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Burning" }).first().waitFor();
});

test("the whole desk by keyboard: walk, edit, assign, reply, note, search", async () => {
  const desk = await openDesk("Fault one", "Fault two", "Fault three");
  const page = await enter(desk.dispatcher);
  await row(page, "Fault three").waitFor();
  const pane = page.getByRole("article");
  const shows = (subject: string) => pane.getByRole("heading", { name: subject }).waitFor();
  await page.keyboard.press("j");
  await shows("Fault one");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await shows("Fault three");
  await page.keyboard.press("k");
  await shows("Fault two");

  await page.keyboard.press("e");
  await page.getByRole("textbox", { name: "Subject" }).waitFor();
  await page.keyboard.type("Fault two, again");
  await page.keyboard.press("Enter");
  await shows("Fault two, again");
  await row(page, "Fault two, again").waitFor();

  await page.keyboard.press("a");
  await page.getByRole("option", { name: "Lan Pham" }).waitFor();
  await page.locator("input:focus[placeholder='Who?']").waitFor();
  await page.keyboard.type("lan");
  await page.getByRole("option", { name: "Minh Dao" }).waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await pane.getByText("assigned to Lan Pham").waitFor();

  await page.keyboard.press("n");
  await page.keyboard.type("Second time this month.");
  await page.keyboard.press("Control+Enter");
  await pane.getByRole("listitem").filter({ hasText: "Second time this month." }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.keyboard.type("On our way.");
  await pane.getByRole("textbox", { name: "Reply" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await toast(page, "Sending reply").waitFor();
  await page.keyboard.press("Escape");

  await page.keyboard.press("/");
  await page.keyboard.type("three");
  await row(page, "Fault two, again").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText("Next ticket").waitFor();
  await stage.checkAccess(page);
  await picture(page, "desk-keys");
  await pane.getByText("On our way.").waitFor({ state: "attached" });
});
