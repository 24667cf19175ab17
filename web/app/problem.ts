/** An answer that says no, in the words of RFC 9457. `code` is stable; `detail` is the server's sentence. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** What is wrong with which field, where the server could tell. */
  readonly fields: readonly { path: string; message: string }[];
  /** The states from which a refused step would be possible (`wrong_state`). */
  readonly possibleFrom: readonly string[];

  constructor(status: number, body: unknown, retryAfterSeconds?: number) {
    const text = (key: string) => {
      if (typeof body !== "object" || body === null) return undefined;
      const value: unknown = Reflect.get(body, key);
      return typeof value === "string" ? value : undefined;
    };
    super(text("detail") ?? text("title") ?? `HTTP ${status}`);
    this.name = "ApiProblem";
    this.status = status;
    this.code = text("code") ?? `http_${status}`;
    this.detail = this.message;
    this.requestId = text("requestId");
    this.retryAfterSeconds = retryAfterSeconds;
    this.fields = fieldsOf(body);
    const from: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "possibleFrom") : undefined;
    this.possibleFrom = Array.isArray(from) ? from.filter((state) => typeof state === "string") : [];
  }
}

/** Nothing answered: no network, or the server is away. What was asked may or may not have happened. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("The server could not be reached.", { cause });
    this.name = "Unreachable";
  }
}

/** The server names a place as `body/owner/email`; forms know it as `owner.email`. */
function fieldsOf(body: unknown): { path: string; message: string }[] {
  if (typeof body !== "object" || body === null) return [];
  const errors: unknown = Reflect.get(body, "errors");
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const at: unknown = Reflect.get(entry, "at");
    const message: unknown = Reflect.get(entry, "message");
    return typeof at === "string" && typeof message === "string"
      ? [{ path: at.replace(/^body\/?/, "").replaceAll("/", "."), message }]
      : [];
  });
}
