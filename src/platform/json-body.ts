import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";
import { Refusal } from "./refusal.ts";

/** Only these escapes can make text that is none; most bodies have none of them and are not looked into. */
const suspicious = /\\u(?:d[89a-f]|0000)/i;

/**
 * Reads JSON bodies, and refuses text that is no text: broken UTF-8, which would else be stored as question marks, halves
 * of characters, NUL.
 */
export function readJsonStrictly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const bytes = Buffer.from(body);
    if (!isUtf8(bytes)) return done(new Refusal("malformed", "not_utf8", "The body is not valid UTF-8."));
    const text = bytes.toString("utf8");
    return parse(request, text, (error, value) => {
      if (error) return done(error);
      if (suspicious.test(text) && holdsBrokenText(value)) {
        const sentence = "The text holds characters that cannot be stored, such as NUL or half a character.";
        return done(new Refusal("malformed", "text_not_storable", sentence));
      }
      return done(null, value);
    });
  });
}

function holdsBrokenText(value: unknown): boolean {
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next === "string" && (!next.isWellFormed() || next.includes("\u0000"))) return true;
    if (typeof next !== "object" || next === null) continue;
    for (const [name, member] of Object.entries(next)) rest.push(name, member);
  }
  return false;
}
