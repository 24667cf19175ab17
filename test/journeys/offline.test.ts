import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { makeProvider } from "./provider.ts";
import { picture, type Stage, startStage } from "./stage.ts";

let stage: Stage;
before(async () => {
  stage = await startStage();
});
afterEach(() => stage.assertAllWell());
after(() => stage?.end());

test("an engineer without signal goes on working; what was done is sent in order, once, when there is signal", async () => {
  const provider = await makeProvider(stage);
  const engineer = await provider.staff("Lan Pham", ["engineer"]);
  const site = await provider.site(await provider.customer("Corner Shops"), "Cellar", [engineer]);
  const ticket = await provider.ticket(site, "Freezer is warm");
  const phone = await stage.window("phone", { cookie: engineer.cookie });
  await phone.goto("/");
  await phone.getByRole("heading", { name: "New for you" }).waitFor();
  await phone.evaluate("navigator.serviceWorker.ready.then(() => null)");
  await phone.reload();
  await phone.getByRole("link", { name: /Freezer is warm/ }).tap();
  await phone.getByRole("heading", { name: "What was reported" }).waitFor();
  await phone.getByText("assigned to Lan Pham").waitFor();

  await phone.context().setOffline(true);
  await phone.getByRole("button", { name: "Acknowledge", exact: true }).tap();
  await phone.getByText("1 step waiting to be sent").waitFor();
  await phone.getByRole("button", { name: "On my way" }).tap();
  await phone.getByRole("button", { name: "I am here" }).tap();
  await phone.getByText("3 steps waiting to be sent").waitFor();
  await stage.checkAccess(phone);
  await picture(phone, "offline-phone");
  // The phone may be put away and taken out again in between.
  await phone.reload();
  await phone.getByText("3 steps waiting to be sent").waitFor();
  await phone.getByRole("button", { name: "Resolve", exact: true }).tap();
  await phone.getByLabel("What solved it?").fill("Its door was open.");
  await phone.getByRole("dialog").getByRole("button", { name: "Resolve" }).tap();
  await phone.getByText("4 steps waiting to be sent").waitFor();
  assert.equal((await provider.api.get(`/tickets/${ticket.id}`)).state, "assigned");

  await phone.context().setOffline(false);
  await phone.getByText("waiting to be sent").waitFor({ state: "detached" });
  const { items } = await provider.api.get(`/tickets/${ticket.id}/journal`);
  const steps = items.map((entry: { kind: string }) => entry.kind);
  assert.deepEqual(steps, ["opened", "assigned", "acknowledged", "departed", "arrived", "resolved"]);
  await phone.getByText("Resolved", { exact: true }).first().waitFor();
});
