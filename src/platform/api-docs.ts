import { Type } from "typebox";
import type { App } from "./http.ts";
import { expectedAnswers, operationFacts } from "./operation-facts.ts";
import { refusalKinds } from "./refusal.ts";
import { type RefusalCode, readRefusalCodes } from "./refusal-codes.ts";

interface Operation {
  method: string;
  path: string;
  summary: string;
  permission: string;
  refusals: string;
}

/** `/api/v1/openapi.json` and its page `/api/docs`, which also lists every refusal code with its sentences. */
export function addApiDocs(app: App): void {
  const operations: Operation[] = [];
  app.addHook("onRoute", (route) => {
    if (!route.url.startsWith("/api/v1/") || route.method === "HEAD" || route.schema?.hide) return;
    const facts = operationFacts(route);
    operations.push({
      method: String(route.method),
      path: route.url,
      summary: route.schema?.summary ?? "",
      permission: facts.permission,
      refusals: expectedAnswers(facts)
        .map((kind) => refusalKinds[kind].status)
        .join(" "),
    });
  });
  const schema = { hide: true, response: { 200: Type.Unknown() } };
  let document: string | undefined;
  app.get("/api/v1/openapi.json", { config: { permission: "public" }, schema }, async (_request, reply) => {
    document ??= JSON.stringify(app.swagger());
    return reply.type("application/json; charset=utf-8").serializer(String).send(document);
  });
  let page: Promise<string> | undefined;
  app.get("/api/docs", { config: { permission: "public" }, schema: { hide: true } }, async (_request, reply) => {
    page ??= readRefusalCodes().then((codes) => render(operations, codes));
    return reply.type("text/html; charset=utf-8").send(await page);
  });
}

function render(operations: readonly Operation[], codes: readonly RefusalCode[]): string {
  const rows = operations.map(({ method, path, summary, permission, refusals }) =>
    rowOf([method, code(path), escapeHtml(summary), permission, refusals]),
  );
  const codeRows = codes.map((each, index) =>
    rowOf(
      [
        code(each.code),
        String(refusalKinds[each.kind].status),
        refusalKinds[each.kind].title,
        each.sentences.map(escapeHtml).join("<br>"),
      ],
      each.code === codes[index - 1]?.code ? undefined : each.code,
    ),
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mainstay API</title><style>
body{font:15px/1.5 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ddd;vertical-align:top}
tr:target{background:#fff3c4}code{font-size:.92em}@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}td,th{border-color:#333}a{color:#8ab4f8}tr:target{background:#4a3f10}}
</style><main><h1>Mainstay API</h1><p>The whole contract as OpenAPI 3.1: <a href="/api/v1/openapi.json">openapi.json</a>.
Send <code>Authorization: Bearer msk_…</code>.</p>
<p>Writes take an <code>Idempotency-Key</code>; changes of what has an <code>ETag</code> take <code>If-Match</code>. Lists answer
<code>{ items, next }</code>: send <code>next</code> as <code>after</code> for the next page. A refusal is
<code>application/problem+json</code> with one of the <a href="#codes">codes</a> below.</p>
<h2>Addresses</h2><div class="wide" tabindex="0"><table><thead><tr><th>Method<th>Address<th>What it does<th>Right<th>May refuse with</tr></thead>
<tbody>${rows.join("")}</tbody></table></div>
<h2 id="codes">Refusal codes</h2><div class="wide" tabindex="0"><table><thead><tr><th>Code<th>Status<th>Kind<th>What it says</tr></thead>
<tbody>${codeRows.join("")}</tbody></table></div></main></html>`;
}

function rowOf(cells: readonly string[], id?: string): string {
  return `<tr${id ? ` id="${id}"` : ""}>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

const code = (text: string) => `<code>${escapeHtml(text)}</code>`;

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
