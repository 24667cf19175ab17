import { Type } from "typebox";
import { Check } from "typebox/value";
import type { App } from "../src/platform/http.ts";
import { readRefusalCodes } from "../src/platform/refusal-codes.ts";

const Document = Type.Object({
  paths: Type.Record(
    Type.String(),
    Type.Record(
      Type.String(),
      Type.Object({
        responses: Type.Record(
          Type.String(),
          Type.Object({ headers: Type.Optional(Type.Record(Type.String(), Type.Unknown())) }),
        ),
      }),
    ),
  ),
});

/**
 * Listens to every answer of an app, from before it is ready.
 * @returns what was answered otherwise than the OpenAPI document and its page say: statuses, ETags, codes
 */
export function watchAnswers(app: App): () => Promise<string[]> {
  const answers = new Set<string>();
  const codes = new Map<string, string>();
  app.addHook("onSend", async (request, reply, payload) => {
    const { url = "", schema } = request.routeOptions;
    if (!url.startsWith("/api/v1/") || request.method === "HEAD") return;
    const isHidden = schema !== undefined && "hide" in schema && schema.hide === true;
    const hasTag = reply.hasHeader("etag") ? "ETag" : "";
    if (!isHidden) answers.add([request.method, url, reply.statusCode, hasTag].join(" "));
    const code = typeof payload === "string" && /"code":"(\w+)"/.exec(payload)?.[1];
    if (code && String(reply.getHeader("content-type")).startsWith("application/problem+json")) codes.set(code, url);
  });
  return async () => {
    const document: unknown = app.swagger();
    if (!Check(Document, document)) return ["the document is none"];
    const known = new Set((await readRefusalCodes()).map(({ code }) => code));
    const unlisted = [...codes].flatMap(([code, url]) =>
      known.has(code) ? [] : `${url}: the code ${code} is not listed`,
    );
    const wrong = [...answers].flatMap((answer) => {
      const [method = "", url = "", status = "", tag = ""] = answer.split(" ");
      const operation = document.paths[url.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
      const described = operation?.responses[status];
      if (!described) return `${method} ${url}: answers ${status}, which is not documented`;
      if (tag && !described.headers?.[tag]) return `${method} ${url}: answers ${status} with an undocumented ${tag}`;
      return [];
    });
    return [...unlisted, ...wrong].toSorted();
  };
}
