import { resolve } from "node:path";

/** Every setting of an installation. Flags win over variables; a bad value is named, all of them at once. */
export interface Config {
  host: string;
  port: number;
  /** Where people reach this installation; links in mails and QR labels begin with it. */
  publicUrl: string;
  dataDir: string;
  /** Role mainstay_app of an own PostgreSQL >= 18; without it the embedded one is used. */
  databaseUrl: string | undefined;
  ownerDatabaseUrl: string | undefined;
  databaseConnections: number;
  /** Encrypts secrets at rest and signs sessions; without it one is made under `<data>/secrets`. */
  secret: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  sms: { url: string | undefined; method: string; headers: string | undefined; body: string | undefined };
  /** Lets tenants name addresses of private networks as destinations. */
  allowPrivateDestinations: boolean;
  s3: { endpoint: string; bucket: string; accessKeyId: string; secretAccessKey: string; region: string } | undefined;
  /** `GET /metrics` answers to this bearer token only; without one it does not exist. */
  metricsToken: string | undefined;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** Requests per minute for one identity; a tenth of it for one address without identity. */
  rateLimit: number;
  /** Believe X-Forwarded-For of these proxies (addresses or ranges, comma-separated). */
  trustProxy: string | undefined;
  demo: boolean;
  /** Whether this process also runs jobs and delivers events. */
  worker: boolean;
}

/** All bad settings of one start. */
export class BadConfig extends Error {
  constructor(problems: readonly string[]) {
    super(`These settings are wrong:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "BadConfig";
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

export const variables = [
  "MAINSTAY_HOST",
  "MAINSTAY_PORT",
  "MAINSTAY_PUBLIC_URL",
  "MAINSTAY_DATA",
  "MAINSTAY_OWNER_DATABASE_URL",
  "MAINSTAY_DATABASE_CONNECTIONS",
  "MAINSTAY_SECRET",
  "MAINSTAY_SMTP_URL",
  "MAINSTAY_MAIL_FROM",
  "MAINSTAY_SMS_URL",
  "MAINSTAY_SMS_METHOD",
  "MAINSTAY_SMS_HEADERS",
  "MAINSTAY_SMS_BODY",
  "MAINSTAY_ALLOW_PRIVATE_DESTINATIONS",
  "MAINSTAY_S3_ENDPOINT",
  "MAINSTAY_S3_BUCKET",
  "MAINSTAY_S3_ACCESS_KEY_ID",
  "MAINSTAY_S3_SECRET_ACCESS_KEY",
  "MAINSTAY_S3_REGION",
  "MAINSTAY_METRICS_TOKEN",
  "MAINSTAY_LOG_LEVEL",
  "MAINSTAY_RATE_LIMIT",
  "MAINSTAY_TRUST_PROXY",
] as const;
const internal = /^MAINSTAY_(TEST|CHECK|SQL|LAUNCHER|PG)/;

export function readConfig(args: readonly string[], env: Environment): Config {
  const problems: string[] = [];
  const flags = readFlags(args, problems);
  for (const name of Object.keys(env)) {
    const known: readonly string[] = variables;
    if (name.startsWith("MAINSTAY_") && !known.includes(name) && !internal.test(name)) {
      problems.push(`${name} is not a setting. Known: ${variables.join(", ")}.`);
    }
  }
  const text = (name: string) => env[name]?.trim() || undefined;
  const host =
    fitting(
      "--host or MAINSTAY_HOST",
      flags.host ?? text("MAINSTAY_HOST"),
      /^[\w.:-]+$/,
      "an address or name of this machine",
      problems,
    ) ?? "127.0.0.1";
  const port = whole("--port or MAINSTAY_PORT", flags.port ?? text("MAINSTAY_PORT") ?? "3000", 0, 65535, problems);
  const shownHost = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const publicUrl = url("MAINSTAY_PUBLIC_URL", text("MAINSTAY_PUBLIC_URL"), /^https?:$/, problems);
  const databaseUrl = url("DATABASE_URL", text("DATABASE_URL"), /^postgres(ql)?:$/, problems);
  const logLevel = text("MAINSTAY_LOG_LEVEL") ?? "info";
  if (!isLogLevel(logLevel))
    problems.push(`MAINSTAY_LOG_LEVEL is "${logLevel}"; use debug, info, warn, error or silent.`);
  const secret = text("MAINSTAY_SECRET");
  if (secret && secret.length < 32) problems.push("MAINSTAY_SECRET is too short; use at least 32 characters.");
  const config: Config = {
    host,
    port,
    publicUrl:
      publicUrl?.replace(/\/+$/, "") ?? `http://${shownHost.includes(":") ? `[${shownHost}]` : shownHost}:${port}`,
    dataDir: resolve(flags.data ?? text("MAINSTAY_DATA") ?? "data"),
    databaseUrl,
    ownerDatabaseUrl: url(
      "MAINSTAY_OWNER_DATABASE_URL",
      text("MAINSTAY_OWNER_DATABASE_URL"),
      /^postgres(ql)?:$/,
      problems,
    ),
    databaseConnections: whole(
      "MAINSTAY_DATABASE_CONNECTIONS",
      text("MAINSTAY_DATABASE_CONNECTIONS") ?? "16",
      2,
      500,
      problems,
    ),
    secret,
    smtpUrl: url("MAINSTAY_SMTP_URL", text("MAINSTAY_SMTP_URL"), /^smtps?:$/, problems),
    mailFrom:
      fitting(
        "MAINSTAY_MAIL_FROM",
        text("MAINSTAY_MAIL_FROM"),
        /@/,
        "an address such as Desk <desk@example.com>",
        problems,
      ) ?? "Mainstay <mainstay@localhost>",
    sms: {
      url: url("MAINSTAY_SMS_URL", text("MAINSTAY_SMS_URL"), /^https?:$/, problems),
      method:
        fitting("MAINSTAY_SMS_METHOD", text("MAINSTAY_SMS_METHOD"), /^(GET|POST|PUT)$/, "GET, POST or PUT", problems) ??
        "POST",
      headers: jsonObject("MAINSTAY_SMS_HEADERS", text("MAINSTAY_SMS_HEADERS"), problems),
      body: text("MAINSTAY_SMS_BODY"),
    },
    allowPrivateDestinations: yes(
      "MAINSTAY_ALLOW_PRIVATE_DESTINATIONS",
      text("MAINSTAY_ALLOW_PRIVATE_DESTINATIONS"),
      problems,
    ),
    s3: readS3(text, problems),
    metricsToken: text("MAINSTAY_METRICS_TOKEN"),
    logLevel: isLogLevel(logLevel) ? logLevel : "info",
    rateLimit: whole("MAINSTAY_RATE_LIMIT", text("MAINSTAY_RATE_LIMIT") ?? "300000", 1, 1e9, problems),
    trustProxy: fitting(
      "MAINSTAY_TRUST_PROXY",
      text("MAINSTAY_TRUST_PROXY"),
      /^[0-9a-fA-F.:/, ]+$/,
      "addresses or ranges such as 10.0.0.0/8",
      problems,
    ),
    demo: flags.demo,
    worker: true,
  };
  if (problems.length > 0) throw new BadConfig(problems);
  return config;
}

function readFlags(args: readonly string[], problems: string[]) {
  const flags: { host?: string; port?: string; data?: string; demo: boolean } = { demo: false };
  for (let index = 0; index < args.length; index++) {
    const [name, inline] = (args[index] ?? "").split(/=(.*)/s);
    if (name === "--demo") flags.demo = true;
    else if (name === "--port" || name === "--host" || name === "--data") {
      const value = inline ?? args[++index];
      const key = name === "--port" ? "port" : name === "--host" ? "host" : "data";
      if (value === undefined || value === "") problems.push(`${name} needs a value.`);
      else flags[key] = value;
    } else problems.push(`${name} is not a flag of this command. Known: --port, --host, --data, --demo.`);
  }
  return flags;
}

function isLogLevel(text: string): text is Config["logLevel"] {
  return ["debug", "info", "warn", "error", "silent"].includes(text);
}

function whole(name: string, text: string, least: number, most: number, problems: string[]): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  problems.push(`${name} is "${text}"; use a whole number from ${least} to ${most}.`);
  return least;
}

function yes(name: string, text: string | undefined, problems: string[]): boolean {
  if (text === undefined || text === "0" || text === "false") return false;
  if (text !== "1" && text !== "true") problems.push(`${name} is "${text}"; use true or false.`);
  return true;
}

function url(name: string, text: string | undefined, protocol: RegExp, problems: string[]): string | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && protocol.test(new URL(text).protocol)) return text;
  const kinds = protocol.source
    .replaceAll(/[\^$?:]/g, "")
    .replace("(ql)", "")
    .replace("https", "http or https");
  problems.push(`${name} is not an address that begins with ${kinds}.`);
  return undefined;
}

function fitting(
  name: string,
  text: string | undefined,
  shape: RegExp,
  wanted: string,
  problems: string[],
): string | undefined {
  if (text !== undefined && !shape.test(text)) problems.push(`${name} is "${text}"; use ${wanted}.`);
  return text;
}

function jsonObject(name: string, text: string | undefined, problems: string[]): string | undefined {
  if (text === undefined) return undefined;
  try {
    if (typeof JSON.parse(text) === "object") return text;
  } catch {
    // Told below, like anything else that is no object.
  }
  problems.push(`${name} is not a JSON object such as {"authorization":"…"}.`);
  return text;
}

function readS3(text: (name: string) => string | undefined, problems: string[]): Config["s3"] {
  const endpoint = url("MAINSTAY_S3_ENDPOINT", text("MAINSTAY_S3_ENDPOINT"), /^https?:$/, problems);
  if (!endpoint) {
    const alone = ["BUCKET", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "REGION"].map((part) => `MAINSTAY_S3_${part}`);
    for (const name of alone.filter(text)) problems.push(`${name} means nothing without MAINSTAY_S3_ENDPOINT.`);
    return undefined;
  }
  const need = (name: string) => {
    const value = text(name);
    if (!value) problems.push(`${name} is missing; MAINSTAY_S3_ENDPOINT needs it.`);
    return value ?? "";
  };
  return {
    endpoint,
    bucket: need("MAINSTAY_S3_BUCKET"),
    accessKeyId: need("MAINSTAY_S3_ACCESS_KEY_ID"),
    secretAccessKey: need("MAINSTAY_S3_SECRET_ACCESS_KEY"),
    region: text("MAINSTAY_S3_REGION") ?? "us-east-1",
  };
}
