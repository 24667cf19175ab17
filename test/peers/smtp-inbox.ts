import { once } from "node:events";
import { SMTPServer } from "smtp-server";
import type { ParsedMail } from "./parse-mail.ts";
import { parseMail } from "./parse-mail.ts";

export type ReceivedMail = ParsedMail & { from: string; to: string[]; user: string | undefined };
type Stage = "connect" | "from" | "recipient" | "data";

export type SmtpInbox = {
  host: string;
  port: number;
  received: ReceivedMail[];
  /** How many connections were opened, to see that they are kept. */
  connections(): number;
  /** Answers this at a stage instead, a number of times or until `answerWith(undefined)`. */
  answerWith(reply: { stage: Stage; code: number; text: string } | undefined, times?: number): void;
  waitForMails(count: number): Promise<ReceivedMail[]>;
  close(): Promise<void>;
};

/** A real mail server (the package smtp-server) on 127.0.0.1. With `login`, nobody sends without it. */
export async function startSmtpInbox(
  options: { login?: { user: string; password: string }; secure?: boolean; port?: number } = {},
): Promise<SmtpInbox> {
  const received: ReceivedMail[] = [];
  const waiting: { count: number; resolve: (all: ReceivedMail[]) => void }[] = [];
  let connections = 0;
  let reply: { stage: Stage; code: number; text: string } | undefined;
  let times = 0;

  function refusalAt(stage: Stage): Error | undefined {
    if (!reply || reply.stage !== stage || times <= 0) return undefined;
    times -= 1;
    return Object.assign(new Error(reply.text), { responseCode: reply.code });
  }

  const server = new SMTPServer({
    logger: false,
    secure: options.secure ?? false,
    authOptional: options.login === undefined,
    allowInsecureAuth: true,
    // Its own certificate is for tests only, and a client that verifies must not be offered it by surprise.
    disabledCommands: [...(options.secure ? [] : ["STARTTLS"]), ...(options.login ? [] : ["AUTH"])],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_, callback) {
      connections += 1;
      callback(refusalAt("connect"));
    },
    onAuth(auth, _, callback) {
      const { login } = options;
      if (login && auth.username === login.user && auth.password === login.password)
        return callback(null, { user: login.user });
      callback(Object.assign(new Error("5.7.8 Authentication credentials invalid"), { responseCode: 535 }));
    },
    onMailFrom(_address, _session, callback) {
      callback(refusalAt("from"));
    },
    onRcptTo(_address, _session, callback) {
      callback(refusalAt("recipient"));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const refusal = refusalAt("data");
        if (refusal) return callback(refusal);
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          user: typeof session.user === "string" ? session.user : undefined,
          ...parseMail(Buffer.concat(chunks).toString("latin1")),
        });
        for (const waiter of waiting) if (received.length >= waiter.count) waiter.resolve([...received]);
        callback(null, "queued");
      });
    },
  });
  // A client that rejects the certificate ends the handshake; that is its right.
  server.on("error", () => {});
  const listener = server.listen(options.port ?? 0, "127.0.0.1");
  await once(listener, "listening");
  const bound = listener.address();
  if (bound === null || typeof bound === "string") throw new Error("The inbox has no port.");
  return {
    host: "127.0.0.1",
    port: bound.port,
    received,
    connections: () => connections,
    answerWith(next, count = Number.POSITIVE_INFINITY) {
      reply = next;
      times = count;
    },
    waitForMails(count) {
      if (received.length >= count) return Promise.resolve([...received]);
      return new Promise((resolve) => waiting.push({ count, resolve }));
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
