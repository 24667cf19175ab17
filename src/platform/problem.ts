import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { sqlState } from "./db.ts";
import { Refusal, type RefusalKind, refusalKinds } from "./refusal.ts";

/** The document that tells a refusal (RFC 9457). */
export const Problem = Type.Object(
  {
    type: Type.String({ format: "uri-reference", description: "Where the code is explained" }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String({ pattern: "^[a-z][a-z0-9_]*$", description: "Stable; all of them stand at /api/docs" }),
    detail: Type.String({ description: "What to do, in one sentence" }),
    requestId: Type.String({ format: "uuid", description: "By which the log tells of this request" }),
    errors: Type.Optional(
      Type.Array(Type.Object({ at: Type.String({ description: "Such as `body/siteId`" }), message: Type.String() }), {
        description: "Where in the request the fault is",
      }),
    ),
  },
  { description: "A refusal (RFC 9457). Some codes come with further members, such as `possibleFrom`." },
);
export type Problem = Static<typeof Problem>;

export function answerRefusalsAsProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const refusal = error instanceof Refusal ? error : expectedFailure(error);
    if (refusal) return answer(request, reply, refusal);
    request.log.error({ err: error }, "defect");
    return answer(
      request,
      reply,
      new Refusal(
        "unavailable",
        "defect",
        "Something went wrong on our side. It has been logged with this request id.",
      ),
      500,
    );
  });
  app.setNotFoundHandler((request, reply) => {
    const page = pages.get(app);
    const wantsPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (page && wantsPage && !request.url.startsWith("/api/")) return page(reply);
    return answer(request, reply, new Refusal("not_found", "no_such_route", "There is nothing at this address."));
  });
}

/** An address that no route is even asked for: broken percent-encoding, a part of it that is too long. */
export function answerBadAddress(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  answer(
    request,
    reply,
    new Refusal("malformed", "bad_address", "This is no address: its encoding or length is wrong."),
  );
}

const pages = new WeakMap<FastifyInstance, (reply: FastifyReply) => FastifyReply>();

/** What a browser gets at an address that is no route: the web app, which knows its own pages. */
export function answerUnknownAddressesWith(app: FastifyInstance, page: (reply: FastifyReply) => FastifyReply): void {
  pages.set(app, page);
}

function answer(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, status?: number): FastifyReply {
  const kind = refusalKinds[refusal.kind];
  const { cause: _, ...extra } = refusal.extra;
  const problem: Problem = {
    ...extra,
    type: `/api/docs#${refusal.code}`,
    title: status === 500 ? "Defect" : kind.title,
    status: status ?? kind.status,
    code: refusal.code,
    detail: refusal.message,
    requestId: request.id,
  };
  const { retryAfterSeconds } = refusal.extra;
  if (typeof retryAfterSeconds === "number") reply.header("retry-after", String(Math.ceil(retryAfterSeconds)));
  else if (refusal.kind === "unavailable" && status !== 500) reply.header("retry-after", "3");
  return reply
    .code(problem.status)
    .header("cache-control", "no-store")
    .type("application/problem+json; charset=utf-8")
    .serializer(JSON.stringify)
    .send(problem);
}

const frameworkCodes: Record<string, [RefusalKind, string, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ["too_large", "body_too_large", "The body is larger than this address accepts."],
  FST_REQ_FILE_TOO_LARGE: ["too_large", "file_too_large", "The file is larger than this address accepts."],
  FST_FILES_LIMIT: ["too_large", "too_many_files", "Send one file at a time."],
  FST_PARTS_LIMIT: ["too_large", "too_many_parts", "The form has too many parts."],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["unsupported", "media_type", "Send application/json."],
  FST_INVALID_MULTIPART_CONTENT_TYPE: ["unsupported", "media_type", "Send multipart/form-data."],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["malformed", "empty_body", "The body is empty; send a JSON document."],
  FST_ERR_CTP_INVALID_JSON_BODY: ["malformed", "invalid_json", "The body is not valid JSON."],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ["malformed", "content_length", "The body's length differs from Content-Length."],
};

/** A list of a hundred thousand wrong members has as many errors: the answer to it is not larger than it. */
const mostErrors = 20;
const longestError = 300;

function expectedFailure(error: FastifyError): Refusal | undefined {
  if (error.validation) {
    const errors = error.validation.slice(0, mostErrors).map(({ instancePath, message, params }) => ({
      at: `${error.validationContext ?? "body"}${instancePath}`.slice(0, longestError),
      message: [message, telling(params, message ?? "").join(", ")].filter(Boolean).join(": ").slice(0, longestError),
    }));
    return new Refusal("malformed", "invalid_request", `Not as this address takes it: ${describe(errors)}`, { errors });
  }
  const known = frameworkCodes[error.code];
  if (known) return new Refusal(...known);
  if (error instanceof SyntaxError && error.statusCode === 400) {
    return new Refusal("malformed", "invalid_json", "The body is not valid JSON.");
  }
  const state = sqlState(error);
  if (state === "22021" || state === "22P05") {
    return new Refusal(
      "malformed",
      "text_not_storable",
      "The text holds characters that cannot be stored, such as NUL.",
    );
  }
  if (state === "22003" || state === "22007" || state === "22008") {
    return new Refusal("malformed", "out_of_range", "A date or a number is beyond what can be stored.");
  }
  if (state === "40P01" || state === "40001" || state === "57014") {
    return new Refusal("unavailable", "busy", "Too much was going on at once. Try again.");
  }
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return new Refusal("malformed", "bad_request", error.message);
  }
  return undefined;
}

/** What the message does not say itself: which member is too much, which values are allowed. */
function telling(params: Record<string, unknown>, message: string): string[] {
  return Object.values(params)
    .map((value) => (Array.isArray(value) ? value.join(", ") : String(value)))
    .filter((value) => !message.includes(value));
}

function describe(errors: readonly { at: string; message: string }[]): string {
  return errors.map((error) => `${error.at} ${error.message}`).join("; ");
}
