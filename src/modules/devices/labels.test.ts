import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Caller, startWorld, type World } from "../../../test/module-world.ts";
import { readPdfText } from "../../../test/pdf-text.ts";
import { customersRoutes } from "../customers/index.ts";
import { deviceRoutes, readDeviceCode, showDeviceCode } from "./index.ts";
import { qrPath } from "./qr-path.ts";

describe("device labels", () => {
  let world: World;
  let owner: Caller;
  let siteId: string;
  const codes: string[] = [];

  before(async () => {
    world = await startWorld(customersRoutes, deviceRoutes);
    owner = await (await world.provider()).staff("owner");
    const customerId = (await owner.post("/api/v1/customers", { name: "c", deployment: "saas" })).body.id;
    siteId = (await owner.post("/api/v1/sites", { customerId, name: "Cửa hàng Nguyễn Huệ" })).body.id;
    for (const name of ["Máy in hóa đơn", "收银机一号", "Till 🖨️ ภ →"]) {
      const { body } = await owner.post("/api/v1/devices", { siteId, name, type: "till" });
      codes.push(showDeviceCode(body.code));
    }
    await owner.post("/api/v1/devices", { siteId, name: "Old", type: "till", status: "retired" });
  });
  after(() => world.end());

  const print = (order: object) => owner.post("/api/v1/device-labels", { format: "a4-3x8", language: "en", ...order });
  const textOf = (pdf: Buffer) => readPdfText(pdf).pieces.join("");

  it("prints the names, site and code of every device in service at a site, to be read and copied", async () => {
    const answer = await print({ siteId });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["content-type"], "application/pdf");
    const { pages } = readPdfText(answer.bytes);
    const text = textOf(answer.bytes);
    assert.equal(pages, 1);
    for (const words of ["Máy in hóa đơn", "收银机一号", "Cửa hàng Nguyễn Huệ", ...codes, "Scan to report a fault"]) {
      assert.ok(text.includes(words), `${words} is missing in ${text}`);
    }
    assert.ok(!text.includes("Old"));
    assert.ok(!text.includes("\ufffd"));
    assert.match(text, /Till ? \?/, "a picture is left out, a script without font is marked");
  });

  it("speaks four languages", async () => {
    const invitations = {
      en: "Scan to report",
      "zh-Hans": "扫码报修",
      "zh-Hant": "掃碼報修",
      vi: "Quét mã để báo hỏng",
    };
    for (const [language, words] of Object.entries(invitations)) {
      assert.ok(textOf((await print({ siteId, language })).bytes).includes(words), words);
    }
  });

  it("fills as many sheets as it takes", async () => {
    const { body } = await owner.get(`/api/v1/devices?siteId=${siteId}&status=in_service`);
    const deviceIds = body.items.map((item: { id: string }) => item.id);
    assert.equal(readPdfText((await print({ deviceIds, format: "single" })).bytes).pages, 3);
    assert.equal(readPdfText((await print({ deviceIds, format: "a4-2x7" })).bytes).pages, 1);
  });

  it("refuses orders that name nothing, too much or both", async () => {
    const missing = "00000000-0000-7000-8000-000000000000";
    const empty = (await owner.post("/api/v1/sites", { customerId: await customerOf(siteId), name: "empty" })).body.id;
    for (const [order, status, code] of [
      [{}, 422, "which_devices"],
      [{ siteId, deviceIds: [missing] }, 422, "which_devices"],
      [{ deviceIds: [missing] }, 404, "device_unknown"],
      [{ siteId: missing }, 404, "site_unknown"],
      [{ siteId: empty }, 422, "nothing_to_print"],
      [{ siteId, format: "a3" }, 400, "invalid_request"],
    ] as const) {
      const answer = await print(order);
      assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(order));
    }
  });

  const customerOf = async (id: string) => (await owner.get(`/api/v1/sites/${id}`)).body.customerId;

  it("draws exactly the modules of the QR code", () => {
    const { path, size } = qrPath("https://example.com/r/ABCDEFGHJKMN");
    const black = new Set<string>();
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
      for (let offset = 0; offset < Number(width); offset++) black.add(`${Number(x) + offset},${y}`);
    }
    const finder = Array.from({ length: 7 }, (_, index) => black.has(`${2 + index},2`));
    assert.deepEqual(finder, Array(7).fill(true), "the corner begins after two quiet modules");
    assert.equal(black.has("3,3"), false);
    assert.ok(size >= 29 + 4 && black.size > (size - 4) ** 2 / 3);
    assert.ok([...black].every((at) => at.split(",").every((value) => Number(value) >= 2 && Number(value) < size - 2)));
  });

  it("reads a code however it is typed", () => {
    assert.equal(readDeviceCode("k7qm-2xdo-9abi"), "K7QM2XD09AB1");
    assert.equal(readDeviceCode("K7QM 2XD0 9ABU"), undefined, "there is no U");
    assert.equal(readDeviceCode("K7QM"), undefined);
    assert.equal(showDeviceCode("K7QM2XD09AB1"), "K7QM-2XD0-9AB1");
  });
});
