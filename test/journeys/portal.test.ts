import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { makeProvider } from "./provider.ts";
import { mark, picture, type Stage, startStage } from "./stage.ts";

let stage: Stage;
before(async () => {
  stage = await startStage();
});
afterEach(() => stage.assertAllWell());
after(() => stage?.end());

test("a contact sees what is open at the own sites, live, and how good the service was; nothing of others", async () => {
  const provider = await makeProvider(stage, { name: "Corner Service" });
  const engineer = await provider.staff("Lan Pham", ["engineer"]);
  const books = await provider.customer("Hoàn Kiếm Books");
  const others = await provider.customer("Saigon Coffee");
  const [shop, store] = [
    await provider.site(books, "Tràng Tiền", [engineer]),
    await provider.site(books, "Warehouse", [engineer]),
  ];
  const foreign = await provider.ticket(await provider.site(others, "District 1", [engineer]), "Grinder is stuck");
  const solved = await provider.ticket(shop, "Scanner does not read");
  await engineer.api.post(`/tickets/${solved.id}/acknowledge`);
  await engineer.api.post(`/tickets/${solved.id}/resolve`, { resolution: "Cleaned the glass." });
  await provider.ticket(store, "Door lock is stiff");
  const contact = await provider.contact("Thu Ha", books);

  const page = await stage.window("desk", { cookie: contact.cookie });
  await page.goto("/");
  await page.getByRole("heading", { name: "Your faults and requests" }).waitFor();
  await page.getByRole("heading", { name: "Warehouse" }).waitFor();
  await page.getByText("1 is being worked on.").waitFor();
  const stayed = await mark(page);
  const fresh = await provider.ticket(shop, "Till is frozen");
  await page.getByRole("heading", { name: "Tràng Tiền" }).waitFor();
  const row = page.getByRole("link", { name: /Till is frozen/ });
  await engineer.api.post(`/tickets/${fresh.id}/acknowledge`);
  await row.getByText("Acknowledged").waitFor();
  assert.equal(await page.getByText("Grinder").count(), 0);
  assert.equal(await page.getByText("District 1").count(), 0);
  await page
    .getByRole("table")
    .getByRole("row", { name: /Tràng Tiền/ })
    .waitFor();
  await stage.checkAccess(page);
  await picture(page, "portal");
  await stayed();

  await page.getByRole("link", { name: /Scanner does not read/ }).click();
  await page.getByRole("heading", { name: "Solved" }).waitFor();
  await stage.checkAccess(page);
  await page.getByRole("group", { name: "How was it?" }).getByText("Good").first().dispatchEvent("click");
  await page.getByRole("button", { name: "Send rating" }).click();
  await page.getByText("Thank you. Your rating reached the engineer and the firm.").waitFor();
  await page.getByRole("link", { name: "All faults and requests" }).click();
  await page.getByText("1 rating").first().waitFor();
  await page.getByText("4 of 4").first().waitFor();

  // What the contact said is what the firm reads of its team, and each figure says where it comes from.
  const office = await stage.window("desk", { cookie: provider.cookie });
  await office.goto("/desk");
  await office.getByRole("link", { name: "Team", exact: true }).click();
  await office.getByRole("heading", { name: "Team quality" }).waitFor();
  const line = office.getByRole("table", { name: "By engineer" }).getByRole("row", { name: /Lan Pham/ });
  await line.getByRole("button", { name: /^4\.0 \(1\)/ }).click();
  await office.getByText("One answer; share of 4 or 5: 100%.").waitFor();
  await office.keyboard.press("Escape");
  await office
    .getByRole("button", { name: /Promises kept/ })
    .first()
    .click();
  await office.getByText(/were kept, of all that ended/).waitFor();
  await office.keyboard.press("Escape");
  await stage.checkAccess(office);
  await picture(office, "team-quality");
  const pocket = await stage.window("phone", { cookie: provider.cookie });
  await pocket.goto("/team-quality");
  await pocket.getByRole("row", { name: /Lan Pham/ }).waitFor();
  await stage.checkAccess(pocket);
  await picture(pocket, "team-quality-phone");
  const learner = await makeProvider(stage, { name: "Day One" });
  const empty = await stage.window("desk", { cookie: learner.cookie });
  await empty.goto("/team-quality");
  await empty.getByText("No engineers yet").waitFor();
  await stage.checkAccess(empty);

  await page.getByRole("button", { name: "Report a fault" }).click();
  const form = page.getByRole("dialog", { name: "Report a fault" });
  await form
    .getByRole("textbox", { name: "Site" })
    .or(form.getByRole("combobox", { name: "Site" }))
    .first()
    .click();
  await page.getByRole("option", { name: "Warehouse" }).click();
  assert.equal(await page.getByRole("option", { name: "District 1" }).count(), 0);
  await form.getByLabel("What is wrong?").fill("Lights flicker");
  await stage.checkAccess(page);
  await form.getByRole("button", { name: "Send report" }).click();
  await page.getByRole("heading", { name: "Lan Pham has your report" }).waitFor();
  await page.getByRole("textbox", { name: "Write to your engineer" }).fill("Since this morning.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Since this morning.").waitFor();

  await page.goto(`/portal/tickets/${foreign.id}`);
  await page.getByText("This does not exist, or you may not see it.").waitFor();
  await page.goto("/desk");
  await page.getByRole("heading", { name: "Your faults and requests" }).waitFor();
});
