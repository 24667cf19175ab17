import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Type } from "typebox";
import type { App } from "./http.ts";
import { refusalKinds } from "./refusal.ts";

interface Operation {
  method: string;
  path: string;
  summary: string;
  permission: string;
}

/** `/api/v1/openapi.json` and its page `/api/docs`, which also lists every refusal code with its sentence. */
export function addApiDocs(app: App): void {
  const operations: Operation[] = [];
  app.addHook("onRoute", (route) => {
    if (!route.url.startsWith("/api/v1/") || route.method === "HEAD") return;
    operations.push({
      method: String(route.method),
      path: route.url,
      summary: (route.schema as { summary?: string } | undefined)?.summary ?? "",
      permission: route.config?.permission ?? "",
    });
  });
  const schema = { hide: true, response: { 200: Type.Unknown() } };
  app.get("/api/v1/openapi.json", { config: { permission: "public" }, schema }, async (_request, reply) =>
    reply.serializer(JSON.stringify).send(app.swagger()),
  );
  let page: Promise<string> | undefined;
  app.get("/api/docs", { config: { permission: "public" }, schema: { hide: true } }, async (_request, reply) => {
    page ??= readRefusalCodes().then((codes) => render(operations, codes));
    return reply.type("text/html; charset=utf-8").send(await page);
  });
}

/** Every `new Refusal(kind, code, sentence)` of the source: the list of codes cannot fall behind the program. */
export async function readRefusalCodes(): Promise<{ kind: string; code: string; sentence: string }[]> {
  const root = join(import.meta.dirname, "..");
  const files = (await readdir(root, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const found = new Map<string, { kind: string; code: string; sentence: string }>();
  for (const file of files) {
    const text = await readFile(join(root, file), "utf8");
    for (const [, kind, code, sentence] of text.matchAll(
      /new Refusal\(\s*"(\w+)",\s*"(\w+)",\s*["`']([^\n]*?)["`'],?\s*[,)\n]/g,
    )) {
      if (kind && code && sentence) found.set(code, { kind, code, sentence });
    }
    for (const [, kind, code, sentence] of text.matchAll(/: \["(\w+)", "(\w+)", "([^"]+)"\]/g)) {
      if (kind && code && sentence && kind in refusalKinds) found.set(code, { kind, code, sentence });
    }
  }
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function render(
  operations: readonly Operation[],
  codes: readonly { kind: string; code: string; sentence: string }[],
): string {
  const rows = operations
    .map(({ method, path, summary, permission }) => [method, `<code>${escapeHtml(path)}</code>`, summary, permission])
    .map(
      (cells) =>
        `<tr>${cells.map((cell) => `<td>${cell.startsWith("<") ? cell : escapeHtml(cell)}</td>`).join("")}</tr>`,
    );
  const codeRows = codes.map(
    ({ code, kind, sentence }) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${kind}</td><td>${escapeHtml(sentence)}</td></tr>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mainstay API</title><style>
body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ddd;vertical-align:top}
code{font-size:.92em}@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}td,th{border-color:#333}a{color:#8ab4f8}}
</style><main><h1>Mainstay API</h1><p>The whole contract as OpenAPI 3.1: <a href="/api/v1/openapi.json">openapi.json</a>.
Send <code>Authorization: Bearer msk_…</code>.</p><h2>Addresses</h2>
<table><thead><tr><th>Method<th>Address<th>What it does<th>Right</tr></thead><tbody>${rows.join("")}</tbody></table>
<h2>Refusal codes</h2><table><thead><tr><th>Code<th>Kind<th>Meaning</tr></thead><tbody>${codeRows.join("")}</tbody></table></main></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
