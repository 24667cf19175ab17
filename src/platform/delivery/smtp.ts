import type { Socket } from "node:net";
import { connect, isIP } from "node:net";
import type { NodemailerError, SendMailOptions, SMTPPoolOptions } from "nodemailer";
import { createTransport } from "nodemailer";
import { isPublicAddress, PRIVATE_ADDRESS, privateAddressError, publicLookup } from "./address-guard.ts";
import type { Delivery } from "./destination.ts";
import type { Gateways, SmtpGateway } from "./gateways.ts";

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const TOTAL_MS = 30_000;
const MAX_POOLS = 50;

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** `<local@domain>`: the same id sent again is the same mail. */
  messageId: string;
  /** The thread's `<local@domain>`. */
  thread?: string;
  urgent?: boolean;
};

type Pool = ReturnType<typeof createPool>;

// A handshake with TLS and login costs more than the mail; so connections stay, per settings, and changed settings get new ones.
const pools = new Map<string, Pool>();

/** Closes every kept connection to mail servers. */
export function closeSmtpPools(): void {
  for (const pool of pools.values()) pool.close();
  pools.clear();
}

/** Hands one mail to the mail server. */
export async function sendSmtp(gateways: Gateways, mail: Mail, signal?: AbortSignal): Promise<Delivery> {
  const { smtp } = gateways;
  if (!smtp) return { outcome: "refused", detail: "No mail server is set up." };
  const timeout = AbortSignal.timeout(TOTAL_MS);
  try {
    const pool = poolFor(smtp, (gateways.allowPrivateGateways || gateways.allowPrivateDestinations) ?? false);
    const info = await pool.sendMail({
      ...composed(smtp, mail),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return { outcome: "delivered_to_service", id: info.messageId };
  } catch (error) {
    if (signal?.aborted) return { outcome: "try_later", detail: "The mail server: the sending was stopped." };
    if (timeout.aborted)
      return { outcome: "try_later", detail: `The mail server did not finish within ${TOTAL_MS / 1000} seconds.` };
    if (!(error instanceof Error)) throw error;
    return judgeSmtpError(error);
  }
}

function composed(smtp: SmtpGateway, mail: Mail): SendMailOptions {
  return {
    from: smtp.from,
    to: { name: "", address: mail.to },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    messageId: mail.messageId,
    ...(mail.thread === undefined ? {} : { inReplyTo: mail.thread, references: [mail.thread] }),
    ...(mail.urgent ? { priority: "high" as const } : {}),
    // RFC 3834 and Exchange's own: whoever is away must not answer a machine.
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function poolFor(smtp: SmtpGateway, allowPrivate: boolean): Pool {
  const key = JSON.stringify([smtp, allowPrivate]);
  const known = pools.get(key);
  if (known) {
    pools.delete(key);
    pools.set(key, known);
    return known;
  }
  const [oldest] = pools.keys();
  if (oldest !== undefined && pools.size >= MAX_POOLS) {
    pools.get(oldest)?.close();
    pools.delete(oldest);
  }
  const pool = createPool(smtp, allowPrivate);
  pools.set(key, pool);
  return pool;
}

function createPool(smtp: SmtpGateway, allowPrivate: boolean) {
  const options: SMTPPoolOptions & { pool: true } = {
    pool: true,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    // Without this a man in the middle strips STARTTLS from the greeting and reads the password.
    requireTLS: !smtp.secure && (smtp.requireTls ?? smtp.password !== undefined),
    ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: smtp.password ?? "" } }),
    maxConnections: 3,
    maxRequeues: 1,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    dnsTimeout: CONNECT_MS,
  };
  if (!allowPrivate) {
    options.getSocket = (_, callback) => {
      connectPublicly(smtp.host, smtp.port).then((connection) => callback(null, { connection }), callback);
    };
  }
  return createTransport(options);
}

/** A connection whose address was judged at the moment of connecting. */
function connectPublicly(host: string, port: number): Promise<Socket> {
  if (isIP(host) && !isPublicAddress(host)) return Promise.reject(privateAddressError());
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup: publicLookup, timeout: CONNECT_MS });
    socket.once("timeout", () => socket.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.removeAllListeners("timeout").setTimeout(0);
      socket.removeListener("error", reject);
      resolve(socket);
    });
  });
}

/** 4xx and lost connections: later. A mailbox that does not exist: gone. Any other 5xx, and a refused login: refused. */
export function judgeSmtpError(error: NodemailerError): Delivery {
  const { code, responseCode } = error;
  if (code === PRIVATE_ADDRESS) return { outcome: "refused", detail: `The mail server: ${error.message}` };
  if (code === "ETLS" || code === "EREQUIRETLS") {
    return { outcome: "try_later", detail: `The mail server: no encrypted connection (${error.message}).` };
  }
  const said = (error.response ?? "").replace(/^\d{3}[ -]/, "");
  if (responseCode === undefined) {
    if (code === "EAUTH" || code === "ENOAUTH")
      return { outcome: "refused", detail: `The mail server: ${error.message}` };
    if (code === "EENVELOPE" || code === "EMESSAGE")
      return { outcome: "refused", detail: `The mail: ${error.message}` };
    return {
      outcome: "try_later",
      detail: `The mail server: no connection (${error.originalCode ?? code ?? error.message}).`,
    };
  }
  const detail = `The mail server answered ${responseCode}: ${said}`;
  if (responseCode < 500 || responseCode === 503 || responseCode === 421) return { outcome: "try_later", detail };
  if (code === "EENVELOPE" && mailboxIsGone(responseCode, said)) return { outcome: "gone", detail };
  return { outcome: "refused", detail };
}

/** By the enhanced code where there is one (RFC 3463: X.1.1, X.1.2, X.1.6, X.1.10, X.2.1), else by 550, 551 and 553. */
function mailboxIsGone(responseCode: number, said: string): boolean {
  const enhanced = /^5\.(\d{1,3})\.(\d{1,3})\b/.exec(said);
  if (!enhanced) return [550, 551, 553].includes(responseCode);
  return ["1.1", "1.2", "1.6", "1.10", "2.1"].includes(`${enhanced[1]}.${enhanced[2]}`);
}
