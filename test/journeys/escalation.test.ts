import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import pg from "pg";
import { makeProvider } from "./provider.ts";
import { mark, picture, type Stage, startStage } from "./stage.ts";

let stage: Stage;
before(async () => {
  stage = await startStage();
});
afterEach(() => stage.assertAllWell());
after(() => stage?.end());

/** Lets time pass for what rings: everything that was and will be is so many minutes earlier. */
async function letPass(minutes: number): Promise<void> {
  const [file] = globSync("**/postmaster.pid", { cwd: stage.dataDir });
  assert.ok(file, "the database of the journey is in its data folder");
  const [, , , port, host] = readFileSync(`${stage.dataDir}/${file}`, "utf8").split("\n");
  const database = new pg.Client({ host: host ?? "", port: Number(port), user: "postgres", database: "mainstay" });
  await database.connect();
  try {
    const span = `make_interval(mins => ${minutes})`;
    const times = ["began_at", "step_rung_at", "rung_at", "next_at"].map((each) => `${each} = ${each} - ${span}`);
    await database.query(`update helpdesk.call_chain set ${times.join(", ")}`);
    await database.query(`update graphile_worker._private_jobs set run_at = run_at - ${span}`);
  } finally {
    await database.end();
  }
}

test("nobody takes a fault: the next is rung, then the manager, then the desk turns red, until someone does", async () => {
  const provider = await makeProvider(stage);
  const named = await provider.staff("Lan Pham", ["engineer"]);
  const onCall = await provider.staff("Hoa Tran", ["engineer"]);
  const manager = await provider.staff("Quang Le", ["service_manager"]);
  const dispatcher = await provider.staff("Minh Dao", ["dispatcher"]);
  const rota = await provider.api.post("/rotas", {
    name: "Nights and weekends",
    timeZone: "Asia/Ho_Chi_Minh",
    handoverWeekday: 1,
    handoverTime: "09:00",
    startsOn: "2026-01-05",
    memberIds: [onCall.id],
  });
  await provider.api.put("/escalation", {
    repeatMinutes: 5,
    waitsForHours: [],
    steps: [
      { afterMinutes: 0, kind: "assignee" },
      { afterMinutes: 10, kind: "rota", rotaId: rota.id },
      { afterMinutes: 20, kind: "role", role: "service_manager" },
    ],
  });
  const site = await provider.site(await provider.customer("Corner Shops"), "High Street", [named]);
  const ticket = await provider.ticket(site, "All tills are down", { impact: "high", urgency: "high" });

  const desk = await stage.window("desk", { cookie: dispatcher.cookie });
  await desk.goto(`/desk/${ticket.id}`);
  const stayed = await mark(desk);
  const pane = desk.getByRole("article");
  await pane.getByRole("status").filter({ hasText: "Ringing Lan Pham" }).waitFor();
  const callees = async () =>
    new Set(
      (await provider.api.get(`/calls?ticketId=${ticket.id}`)).items.map(
        (call: { staffName: string }) => call.staffName,
      ),
    );
  await letPass(11);
  await pane.getByText("escalated to Hoa Tran").waitFor();
  await pane.getByRole("status").filter({ hasText: "Ringing Hoa Tran" }).waitFor();
  await letPass(11);
  await pane.getByText("escalated to Quang Le").waitFor();
  await letPass(11);
  await pane.getByRole("alert").filter({ hasText: "Nobody has answered since" }).waitFor();
  await pane.getByText("nobody answered the call").waitFor();
  // Whoever looks at the list sees it too, whatever ticket is open.
  const strip = desk.getByText("1 ticket rings and nobody answers");
  await strip.waitFor();
  assert.deepEqual(await callees(), new Set(["Lan Pham", "Hoa Tran", "Quang Le"]));
  await stage.checkAccess(desk);
  await picture(desk, "desk-nobody-answered");

  const phone = await stage.window("phone", { cookie: manager.cookie });
  await phone.goto(`/desk/${ticket.id}`);
  await phone.getByRole("alert").filter({ hasText: "Nobody has answered since" }).waitFor();
  await stage.checkAccess(phone);
  await picture(phone, "manager-phone");
  await phone.getByRole("button", { name: "Acknowledge" }).tap();
  await pane.getByText("Acknowledged", { exact: true }).waitFor();
  await pane.getByRole("alert").waitFor({ state: "detached" });
  await strip.waitFor({ state: "detached" });
  await stayed();
});
