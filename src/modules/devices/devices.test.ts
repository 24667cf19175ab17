import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Caller, type Provider, startWorld, type World } from "../../../test/module-world.ts";
import { customersRoutes } from "../customers/index.ts";
import { deviceRoutes, findDeviceByCode } from "./index.ts";

describe("devices", () => {
  let world: World;
  let provider: Provider;
  let owner: Caller;
  const ids: Record<string, string> = {};

  const made = async (url: string, body: object) => {
    const answer = await owner.post(`/api/v1/${url}`, body);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };

  before(async () => {
    world = await startWorld(customersRoutes, deviceRoutes);
    provider = await world.provider({ name: "Fix It", locale: "vi" });
    owner = await provider.staff("owner");
    for (const name of ["mine", "theirs"]) {
      const customerId = (await made("customers", { name, deployment: "saas" })).id;
      ids[`${name}/customer`] = customerId;
      for (const site of ["one", "two"]) {
        ids[`${name}/${site}`] = (await made("sites", { customerId, name: `${name} ${site}` })).id;
      }
    }
  });
  after(() => world.end());

  it("registers a device with what is known of it, and moves it to another customer's site", async () => {
    const details = {
      siteId: ids["mine/one"],
      name: "Till 1",
      type: "till",
      manufacturer: "NCR",
      model: "RealPOS 80",
      serial: "SN-1",
      assetTag: "A-17",
      purchasedOn: "2024-01-31",
      installedOn: "2024-02-29",
      warrantyUntil: "2027-01-31",
    };
    const device = await made("devices", details);
    assert.deepEqual({ ...device, ...details }, device);
    assert.deepEqual([device.status, device.customerName, device.siteName], ["in_service", "mine", "mine one"]);
    assert.match(device.code, /^[0-9A-HJKMNP-TV-Z]{12}$/);
    const url = `/api/v1/devices/${device.id}`;
    const moved = await owner.patch(url, { siteId: ids["theirs/two"], serial: "" }, { "if-match": '"1"' });
    assert.deepEqual(
      [moved.body.customerId, moved.body.siteName, moved.body.serial],
      [ids["theirs/customer"], "theirs two", null],
    );
    assert.equal(moved.body.code, device.code, "its label goes with it");
    for (const [bad, status, code] of [
      [{ status: "stolen" }, 400, "invalid_request"],
      [{ installedOn: "2023-12-31" }, 422, "installed_before_purchase"],
      [{ warrantyUntil: "2023-12-31" }, 422, "warranty_before_purchase"],
      [{ purchasedOn: "2023-02-29" }, 400, "invalid_request"],
      [{ siteId: owner.actor.id }, 404, "site_unknown"],
      [{ type: " " }, 400, "invalid_request"],
    ] as const) {
      const answer = await owner.patch(url, bad);
      assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(bad));
    }
    assert.equal((await owner.patch(url, { name: "x" }, { "if-match": '"1"' })).status, 412);
  });

  it("finds devices by site, customer, type, status, code and words, page by page", async () => {
    const alone = await world.provider();
    const chief = await alone.staff("owner");
    const customerId = (await chief.post("/api/v1/customers", { name: "c", deployment: "saas" })).body.id;
    const siteId = (await chief.post("/api/v1/sites", { customerId, name: "s" })).body.id;
    const add = async (body: object) => (await chief.post("/api/v1/devices", { siteId, ...body })).body;
    const till = await add({ name: "till B", type: "till", serial: "XK-9" });
    await add({ name: "Till a", type: "till", status: "retired" });
    await add({ name: "打印机", type: "printer", model: "LaserJet" });
    const names = async (query: string) => {
      const { body } = await chief.get(`/api/v1/devices?${query}`);
      return body.items.map((item: { name: string }) => item.name);
    };
    assert.deepEqual(await names(""), ["Till a", "till B", "打印机"]);
    assert.deepEqual(await names("type=till&status=in_service"), ["till B"]);
    assert.deepEqual(await names(`siteId=${siteId}&q=xk-9`), ["till B"]);
    assert.deepEqual(await names(`customerId=${customerId}&q=laser`), ["打印机"]);
    assert.deepEqual(await names(`q=${encodeURIComponent("打印")}`), ["打印机"]);
    const typed = `${till.code.slice(0, 4)}-${till.code.slice(4)}`.toLowerCase().replaceAll("0", "o");
    assert.deepEqual(await names(`code=${typed}`), ["till B"]);
    assert.deepEqual(await names("code=nonsense"), []);
    const { body: first } = await chief.get("/api/v1/devices?limit=2");
    assert.deepEqual(await names(`limit=2&after=${first.next}`), ["打印机"]);
    const { body: types } = await chief.get("/api/v1/device-types");
    assert.deepEqual(types.items, [{ type: "printer" }, { type: "till" }]);
  });

  it("tells a label's page what it needs and nothing more, whoever asks", async () => {
    const device = await made("devices", { siteId: ids["mine/one"], name: "Scale", type: "scale" });
    const { status, body } = await world.stranger.get(`/api/v1/device-codes/${device.code.toLowerCase()}`);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      device: { name: "Scale", type: "scale" },
      site: { name: "mine one" },
      provider: { name: "Fix It", locale: "vi" },
    });
    for (const code of ["0000-0000-0000", "x", "%20", "' or 1=1"]) {
      const answer = await world.stranger.get(`/api/v1/device-codes/${encodeURIComponent(code)}`);
      assert.deepEqual([answer.status, answer.body.code], [404, "code_unknown"]);
    }
    const found = await findDeviceByCode(world.db, device.code);
    assert.deepEqual(
      [found?.tenantId, found?.deviceId, found?.siteId],
      [provider.tenantId, device.id, ids["mine/one"]],
    );
    await owner.patch(`/api/v1/devices/${device.id}`, { status: "retired" });
    assert.equal((await world.stranger.get(`/api/v1/device-codes/${device.code}`)).status, 404);
  });

  it("renews the code of a stolen label, and the old one opens nothing", async () => {
    const device = await made("devices", { siteId: ids["mine/one"], name: "Kiosk", type: "kiosk" });
    const { status, body, headers } = await owner.post(`/api/v1/devices/${device.id}/renew-code`);
    assert.deepEqual([status, headers.etag], [200, '"2"']);
    assert.notEqual(body.code, device.code);
    assert.equal((await world.stranger.get(`/api/v1/device-codes/${device.code}`)).status, 404);
    assert.equal((await world.stranger.get(`/api/v1/device-codes/${body.code}`)).status, 200);
  });

  it("shows a device to whoever sees its site, and answers 404 to everyone else", async () => {
    const device = await made("devices", { siteId: ids["mine/one"], name: "Secret till", type: "till" });
    const personAt = async (role: string, customer: string, siteId?: string) => {
      const affiliations = [{ customerId: ids[`${customer}/customer`], role, ...(siteId ? { siteId } : {}) }];
      return provider.person((await made("people", { name: "p", affiliations })).id, role);
    };
    const contact = await personAt("contact", "mine");
    const user = await personAt("user", "mine", ids["mine/one"]);
    const outsiders = [
      await personAt("contact", "theirs"),
      await personAt("user", "mine", ids["mine/two"]),
      await (await world.provider()).staff("owner"),
    ];
    const url = `/api/v1/devices/${device.id}`;
    for (const insider of [contact, user]) {
      assert.equal((await insider.get(url)).status, 200);
      assert.equal((await insider.patch(url, { name: "x" })).status, 403);
      assert.equal((await insider.post(`${url}/renew-code`)).status, 403);
    }
    assert.deepEqual((await user.get("/api/v1/device-types")).body.items.length > 0, true);
    assert.deepEqual((await outsiders[1]?.get("/api/v1/device-types"))?.body.items, []);
    for (const outsider of outsiders) {
      const order = { deviceIds: [device.id], format: "single", language: "en" };
      for (const answer of [
        await outsider.get(url),
        await outsider.patch(url, { name: "x" }),
        await outsider.post(`${url}/renew-code`),
        await outsider.post("/api/v1/device-labels", order),
        await outsider.post("/api/v1/device-labels", { ...order, deviceIds: undefined, siteId: ids["mine/one"] }),
      ]) {
        assert.equal(answer.status, 404, JSON.stringify(answer.body));
        assert.doesNotMatch(JSON.stringify(answer.body), /Secret/);
      }
      const { body } = await outsider.get(`/api/v1/devices?siteId=${ids["mine/one"]}`);
      assert.deepEqual(body.items, []);
    }
    const [, , foreign] = outsiders;
    assert.equal(
      (await foreign?.post("/api/v1/devices", { siteId: ids["mine/one"], name: "x", type: "x" }))?.status,
      404,
    );
  });
});
