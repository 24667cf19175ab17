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

test("a fault goes round in three windows: reported by label, taken, solved, rated; none is loaded again", async () => {
  const provider = await makeProvider(stage, { name: "Corner Service" });
  const engineer = await provider.staff("Lan Pham", ["engineer"]);
  const dispatcher = await provider.staff("Minh Dao", ["dispatcher"]);
  const site = await provider.site(await provider.customer("Corner Shops"), "High Street", [engineer]);
  const till = await provider.device(site, "Till 1");

  const desk = await stage.window("desk", { cookie: dispatcher.cookie });
  await desk.goto("/");
  await desk.getByText("Nothing open").waitFor();
  const deskStayed = await mark(desk);
  const phone = await stage.window("phone", {
    cookie: engineer.cookie,
    permissions: ["geolocation"],
    geolocation: { latitude: 21.0338, longitude: 105.852 },
  });
  await phone.goto("/");
  await phone.getByText("Nothing to do right now").waitFor();
  const phoneStayed = await mark(phone);
  await stage.checkAccess(desk);
  await stage.checkAccess(phone);

  const user = await stage.window("phone");
  await user.goto(`/r/${till.code}`);
  await user.getByText("Till 1").waitFor();
  await stage.checkAccess(user);
  await user.getByText("Does not turn on").tap();
  const photo = { name: "till.png", mimeType: "image/png", buffer: await user.screenshot() };
  await user.locator("input[type=file]").setInputFiles(photo);
  await user.getByRole("button", { name: "Remove photo" }).waitFor();
  await picture(user, "report-phone");
  await stage.checkAccess(user);
  await user.getByRole("button", { name: "Send report" }).tap();
  await user.getByRole("heading", { name: "Lan Pham has your report" }).waitFor();
  const userStayed = await mark(user);
  await user.getByRole("img").first().waitFor();
  await stage.checkAccess(user);
  await picture(user, "follow-assigned-phone");

  await desk.getByRole("link", { name: "Does not turn on" }).click();
  const pane = desk.getByRole("article");
  await pane.getByText("High Street").first().waitFor();
  await stage.checkAccess(desk);
  await picture(desk, "desk-assigned");

  await phone.getByRole("heading", { name: "New for you" }).waitFor();
  await stage.checkAccess(phone);
  await picture(phone, "my-work-phone");
  await phone.getByRole("button", { name: "Acknowledge" }).tap();
  await phone.getByRole("heading", { name: "Next" }).waitFor();
  await user.getByRole("heading", { name: "Lan Pham is looking into it" }).waitFor();
  await pane.getByText("Acknowledged", { exact: true }).waitFor();

  await phone.getByRole("button", { name: "On my way" }).tap();
  await user.getByRole("heading", { name: "Lan Pham is on the way" }).waitFor();
  await pane.getByText("On the way", { exact: true }).first().waitFor();
  await picture(user, "follow-on-the-way-phone");

  await phone.getByRole("button", { name: "I am here" }).tap();
  await user.getByRole("heading", { name: "Lan Pham is on site" }).waitFor();
  await pane.getByText("arrived on site").waitFor();
  await picture(desk, "desk-on-site");

  await phone.getByRole("link", { name: "Resolve" }).tap();
  await phone.getByRole("heading", { name: "What was reported" }).waitFor();
  await stage.checkAccess(phone);
  await picture(phone, "job-phone");
  await phone.getByRole("button", { name: "Resolve", exact: true }).tap();
  const sheet = phone.getByRole("dialog");
  await sheet.getByLabel("What solved it?").fill("The power supply was replaced.");
  await stage.checkAccess(phone);
  await picture(phone, "resolve-phone");
  await sheet.getByRole("button", { name: "Resolve" }).tap();
  await user.getByRole("heading", { name: "Solved" }).waitFor();
  await user.getByText("The power supply was replaced.").waitFor();
  await pane.getByText("The power supply was replaced.").first().waitFor();

  const overall = user.getByRole("group", { name: "How was it?" });
  await overall.getByText("Excellent").first().dispatchEvent("click");
  const attitude = user.getByRole("group", { name: "Attitude" });
  await attitude.getByText("Good").first().dispatchEvent("click");
  await user.getByLabel("In your own words").fill("Quick and kind.");
  await stage.checkAccess(user);
  await picture(user, "rate-phone");
  await user.getByRole("button", { name: "Send rating" }).tap();
  await user.getByText("Thank you. Your rating reached the engineer and the firm.").waitFor();
  await picture(user, "rated-phone");
  await pane.getByText("rated 5 of 5").waitFor();
  await picture(desk, "desk-rated");

  await phone.getByRole("link", { name: "My quality" }).tap();
  await phone.getByText("Quick and kind.").waitFor();
  await stage.checkAccess(phone);
  await picture(phone, "my-quality-phone");

  for (const stayed of [userStayed, deskStayed, phoneStayed]) await stayed();
  const { items } = await provider.api.get("/tickets?state=resolved");
  assert.equal(items.length, 1);
  assert.equal(items[0].channel, "qr");
});
