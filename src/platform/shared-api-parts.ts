import { idempotencyKeyLength, keptDays } from "./idempotency.ts";
import { Problem } from "./problem.ts";
import { refusalKinds } from "./refusal.ts";

const headers = {
  ETag: { description: "The version, for `If-Match` on a change", schema: { type: "string", examples: ['"3"'] } },
  IdempotentReplayed: {
    description: "`true` when this is the kept answer to an earlier request with the same Idempotency-Key",
    schema: { type: "string", enum: ["true"] },
  },
  RetryAfter: { description: "Seconds to wait", schema: { type: "integer", minimum: 0 } },
};

const parameters = {
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description: `Makes a repetition safe: for ${keptDays} days the same key gets the same answer, and nothing is done twice.`,
    schema: { type: "string", minLength: 1, maxLength: idempotencyKeyLength },
  },
  IfMatch: {
    name: "If-Match",
    in: "header",
    required: false,
    description: "The ETag that the change was made from; refused with `stale` when there is a newer one.",
    schema: { type: "string", examples: ['"3"'] },
  },
};

/** One answer per kind of refusal, by the name of the kind, and `defect`. */
const responses = Object.fromEntries([
  ...Object.entries(refusalKinds).map(([kind, { status, title }]) => [kind, problem(title, status)]),
  ["defect", problem("A defect of ours, logged under the request id", 500)],
]);

/** What many operations of the OpenAPI document refer to. */
export const sharedParts = { schemas: { Problem }, headers, parameters, responses };

function problem(description: string, status: number) {
  return {
    description,
    ...(status === 429 || status === 503
      ? { headers: { "Retry-After": { $ref: "#/components/headers/RetryAfter" } } }
      : {}),
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}
