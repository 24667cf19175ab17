/** The kinds of expected "no", each with its HTTP status and title (RFC 9457). */
export const refusalKinds = {
  invalid: { status: 422, title: "The request cannot be carried out as sent" },
  malformed: { status: 400, title: "The request is malformed" },
  unauthenticated: { status: 401, title: "Sign in first" },
  forbidden: { status: 403, title: "You do not have the right to do this" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "The current state does not allow this" },
  stale: { status: 412, title: "Someone else changed this in the meantime" },
  too_large: { status: 413, title: "Too large" },
  unsupported: { status: 415, title: "This type of content is not accepted" },
  rate_limited: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "Temporarily unavailable" },
} as const;

export type RefusalKind = keyof typeof refusalKinds;

/** An expected no: told to the caller as problem+json with a stable code. Anything else that is thrown is a defect. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly code: string;
  /** Further members of the problem document, e.g. `{ possibleFrom: ["new"] }`. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(kind: RefusalKind, code: string, sentence: string, extra: Record<string, unknown> = {}) {
    super(sentence);
    this.name = "Refusal";
    this.kind = kind;
    this.code = code;
    this.extra = extra;
  }
}
