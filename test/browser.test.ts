import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, it } from "node:test";
import { launchBrowser } from "./browser.ts";

it("opens a page in a real browser, with web security in force", async () => {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(request.url === "/" ? "<h1>Chào, 你好</h1>" : "private");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === "object" && address);
  const [first, second] = await Promise.all([launchBrowser(), launchBrowser()]);
  after(() => Promise.all([first.close(), second.close()]));
  const page = await first.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  assert.equal(await page.locator("h1").textContent(), "Chào, 你好");
  const box = await page.locator("h1").boundingBox();
  assert.ok(box && box.height > 10, "text has a font");
  const elsewhere = await page.evaluate(
    (url) =>
      fetch(url).then(
        () => "read",
        () => "refused",
      ),
    `http://localhost:${address.port}/private`,
  );
  assert.equal(elsewhere, "refused");
});
