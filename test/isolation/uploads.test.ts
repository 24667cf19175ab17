import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { type Answer, brief, fileForm } from "./ask.ts";
import type { Caller } from "./callers.ts";
import { type IsolationWorld, startIsolationWorld } from "./world.ts";

let world: IsolationWorld;
let user: Caller;
let engineer: Caller;
let ticket: string;

before(async () => {
  world = await startIsolationWorld();
  const callerOf = (name: string) => world.callers.find((caller) => caller.name === name) ?? assert.fail(name);
  user = callerOf("a user");
  engineer = callerOf("a engineer");
  ticket = `/api/v1/tickets/${world.a.thing("ticket of the user").id}`;
});
after(() => world?.end());

async function upload(...form: Parameters<typeof fileForm>): Promise<Answer> {
  return user.ask({ method: "POST", url: `${ticket}/attachments`, ...(await fileForm(...form)) });
}

async function shown(id: string): Promise<Answer> {
  return engineer.ask({ method: "GET", url: `${ticket}/attachments/${id}` });
}

const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

describe("files that come in", () => {
  test("a name that would lead elsewhere, or says another thing than it is, becomes one that does not", async () => {
    const names = [
      "../../../etc/passwd",
      "..\\..\\windows\\win.ini",
      "/etc/passwd",
      "..",
      ".htaccess",
      "a\u202egnp.exe",
      `${"x".repeat(3000)}.txt`,
      "con\r\nset-cookie: a=b",
      'quote".txt',
      "null\u0000.txt",
      "💥.txt",
      "C:\\a.txt",
      "%2e%2e%2f",
    ];
    const before = filesIn(world.product.dataDir);
    for (const name of names) {
      const { status, json, text } = await upload(name, `Hello ${name}`);
      assert.equal(status, 201, `${name}: ${text}`);
      assert.doesNotMatch(json.name, /[\\/\p{Cc}\p{Cf}<>:"|?*]|^\.|^$/u, name);
      assert.ok([...json.name].length <= 150, name);
      const { status: found, headers } = await shown(json.id);
      assert.equal(found, 200);
      assert.match(String(headers["content-disposition"]), /^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''\S*$/);
      assert.equal(headers["set-cookie"], undefined);
    }
    const added = filesIn(world.product.dataDir).filter((file) => !before.includes(file));
    assert.deepEqual(
      added.filter((file) => !/^attachments\/[\w-]+\/[0-9a-f]{2}\/[0-9a-f]+$/.test(file)),
      [],
    );
  });

  test("a page, a drawing with a script, a script: kept, but never shown as one", async () => {
    for (const [name, type, content] of [
      ["page.html", "text/html", "<!doctype html><script>alert(1)</script>"],
      ["drawing.svg", "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ["script.js", "text/javascript", "alert(1)"],
      [
        "sheet.xml",
        "application/xml",
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      ],
      ["odd.bin", "text/html", Buffer.from([1, 0, 2, 255])],
    ] as const) {
      // biome-ignore format: a table
      const { status, json, text } = await upload(name, Buffer.from(content), {}, type);
      assert.equal(status, 201, `${name}: ${text}`);
      const { headers, text: content_ } = await shown(json.id);
      assert.match(String(headers["content-type"]), /^(text\/plain; charset=utf-8|application\/octet-stream)$/, name);
      assert.match(String(headers["content-disposition"]), /^attachment;/, name);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.match(String(headers["content-security-policy"]), /default-src 'none'.*sandbox/);
      assert.ok(!content_.includes("root:"));
    }
  });

  test("a key stands for one file: the same again is the same attachment, another file is refused", async () => {
    const send = async (name: string, content: string, fields: Record<string, string> = {}) => {
      const form = await fileForm(name, content, fields);
      const headers = { ...form.headers, "idempotency-key": "the till's picture" };
      return user.ask({ method: "POST", url: `${ticket}/attachments`, raw: form.raw, headers });
    };
    const first = await send("till.txt", "dead");
    assert.equal(first.status, 201, first.text);
    const again = await send("till.txt", "dead");
    assert.deepEqual([again.status, again.json], [201, first.json]);
    assert.equal(again.headers["idempotent-replayed"], "true");
    for (const [name, content] of [
      ["till.txt", "dear"],
      ["roll.txt", "dead"],
    ] as const) {
      const other = await send(name, content);
      assert.deepEqual([other.status, other.json.code], [422, "idempotency_mismatch"]);
    }
    const { json } = await engineer.ask({ method: "GET", url: `${ticket}/attachments` });
    const named = json.items.filter((item: { name: string }) => ["till.txt", "roll.txt"].includes(item.name));
    assert.deepEqual(
      named.map(({ id }: { id: string }) => id),
      [first.json.id],
    );
  });

  test("programs, pictures that are none, nothing at all and too much of it are refused, and leave nothing", async () => {
    const journal = async () => (await engineer.ask({ method: "GET", url: `${ticket}/journal` })).text;
    const before = await journal();
    for (const [name, type, content, expected] of [
      ["setup.exe", "application/octet-stream", Buffer.from("4d5a9000", "hex"), 415],
      ["readme.txt", "text/plain", Buffer.from("7f454c4602", "hex"), 415],
      ["macho", "", Buffer.from("cffaedfe07", "hex"), 415],
      ["photo.png", "image/png", Buffer.from("<script>alert(1)</script>"), 415],
      ["photo.jpg", "text/plain", Buffer.from("MZ is not a photo"), 415],
      ["paper.pdf", "application/pdf", Buffer.from("no paper"), 415],
      ["empty.txt", "text/plain", Buffer.alloc(0), 422],
      ["large.bin", "application/octet-stream", Buffer.alloc(25 * 1024 * 1024 + 1, 1), 413],
    ] as const) {
      // biome-ignore format: a table
      const { status, type: answered, text } = await upload(name, content, {}, type);
      assert.equal(status, expected, `${name}: ${text}`);
      assert.match(answered, /^application\/problem\+json/);
    }
    assert.equal(await journal(), before);
  });

  test("a picture is shown as the picture it is, whatever it says of itself", async () => {
    const { json } = await upload("page.html", png, {}, "text/html");
    const { headers } = await shown(json.id);
    assert.equal(headers["content-type"], "image/png");
  });

  test("forms that are none are refused, and none is a defect", async () => {
    const good = await fileForm("a.txt", "Hello");
    const type = good.headers["content-type"] ?? "";
    const boundary = type.split("boundary=")[1] ?? "";
    const part = (text: string) => `--${boundary}\r\n${text}\r\n--${boundary}--\r\n`;
    const file = 'Content-Disposition: form-data; name="file"; filename="a.txt"';
    const many = Array.from({ length: 40 }, (_, index) => `--${boundary}\r\n${file}\r\n\r\nfile ${index}\r\n`).join("");
    const faults: string[] = [];
    for (const [what, raw, contentType] of [
      ["JSON", '{"file":"x"}', "application/json"],
      ["no boundary", good.raw, "multipart/form-data"],
      ["another boundary", good.raw, "multipart/form-data; boundary=zzz"],
      ["nothing", "", type],
      ["cut off in the file", good.raw.subarray(0, good.raw.length - 30), type],
      ["cut off in the header", good.raw.subarray(0, 60), type],
      ["no file", part('Content-Disposition: form-data; name="internal"\r\n\r\ntrue'), type],
      ["a file without a name", part('Content-Disposition: form-data; name="file"\r\n\r\nHello'), type],
      ["many files", `${many}--${boundary}--\r\n`, type],
      ["a part without a header", part("\r\nHello"), type],
      [
        "a member that would change every object",
        part('Content-Disposition: form-data; name="__proto__"\r\n\r\ntrue'),
        type,
      ],
      ["noise", Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)), type],
    ] as const) {
      // biome-ignore format: a table
      const answer = await user.ask({ method: "POST", url: `${ticket}/attachments`, raw, headers: { "content-type": contentType } });
      const isClear = answer.status >= 400 && answer.status < 500 && answer.type.startsWith("application/problem+json");
      if (!isClear) faults.push(`${what}: ${answer.status} ${answer.text}`);
    }
    assert.deepEqual(brief(faults), []);
  });

  test("a file that is to be hidden is hidden, whether its form says so before it or after it", async () => {
    const { raw, headers } = await fileForm("plan.txt", "Not for the customer");
    const boundary = (headers["content-type"] ?? "").split("boundary=")[1] ?? "";
    const field = 'Content-Disposition: form-data; name="internal"';
    const end = raw.lastIndexOf(`--${boundary}--`);
    const last = Buffer.from(`--${boundary}\r\n${field}\r\n\r\ntrue\r\n--${boundary}--\r\n`);
    const whole = Buffer.concat([raw.subarray(0, end), last]);
    const answer = await engineer.ask({ method: "POST", url: `${ticket}/attachments`, raw: whole, headers });
    assert.deepEqual([answer.status, answer.json.internal], [201, true], answer.text);
    const seen = await user.ask({ method: "GET", url: `${ticket}/attachments/${answer.json.id}` });
    assert.equal(seen.status, 404);
  });

  test("a file put into a note is hidden from then on, and so is its name in what happened", async () => {
    const form = await fileForm("admin-passwords.txt", "For us alone");
    const sent = await engineer.ask({ method: "POST", url: `${ticket}/attachments`, ...form });
    assert.deepEqual([sent.status, sent.json.internal], [201, false], sent.text);
    const journal = () => user.ask({ method: "GET", url: `${ticket}/journal?limit=200` });
    assert.match((await journal()).text, /admin-passwords/);
    const body = { text: "Kept here", attachmentIds: [sent.json.id] };
    const noted = await engineer.ask({ method: "POST", url: `${ticket}/notes`, body });
    assert.equal(noted.status, 201, noted.text);
    assert.doesNotMatch((await journal()).text, /admin-passwords/);
    assert.equal((await user.ask({ method: "GET", url: `${ticket}/attachments/${sent.json.id}` })).status, 404);
  });

  test("a person's file is not internal, however much it asks to be, and no file of another is named as one's own", async () => {
    const { json } = await upload("mine.txt", "Mine", { internal: "true" });
    assert.equal(json.internal, false);
    const other = world.a.thing("file of the user").id;
    const body = { text: "See this", attachmentIds: [other] };
    const answer = await user.ask({ method: "POST", url: `${ticket}/replies`, body });
    assert.deepEqual([answer.status, answer.json.code], [404, "attachment_unknown"]);
  });

  test("afterwards no defect was logged, and no answer told what it must not", () => {
    assert.deepEqual(brief(world.leaks), []);
    assert.deepEqual(brief(world.product.errors), []);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1));
}
