import type { PeerAnswer, PeerRequest } from "./http-peer.ts";
import { jsonIn, overrides, startHttpPeer } from "./http-peer.ts";

export type SmsGatewayPeer = {
  origin: string;
  received: { to: string; text: string }[];
  answerWith(answer: PeerAnswer | undefined, times?: number): void;
  close(): Promise<void>;
};

export const smsAccount = { user: "AC0123456789", password: "tw-secret-9f2c", apiKey: "key-51b0c77a" };

/**
 * Three manners of SMS service: `/2010-04-01/Accounts/…/Messages.json` takes a form with Basic auth and answers by
 * status (as Twilio does); `/v2/send` takes JSON and answers 200 with a code (as many Chinese services do);
 * `/http/send` takes a query.
 */
export async function startSmsGateway(): Promise<SmsGatewayPeer> {
  const received: { to: string; text: string }[] = [];
  const override = overrides<PeerAnswer>();

  function accept(to: string, text: string, success: PeerAnswer, badNumber: PeerAnswer): PeerAnswer {
    if (!/^\+?\d{5,15}$/.test(to) || text === "") return badNumber;
    received.push({ to, text });
    return success;
  }

  function byForm(request: PeerRequest): PeerAnswer {
    const basic = Buffer.from(`${smsAccount.user}:${smsAccount.password}`).toString("base64");
    if (request.headers.authorization !== `Basic ${basic}`) {
      return { status: 401, body: { code: 20003, message: "Authenticate", status: 401 } };
    }
    if (request.headers["content-type"] !== "application/x-www-form-urlencoded") return { status: 415 };
    const form = new URLSearchParams(request.body.toString("utf8"));
    return accept(
      form.get("To") ?? "",
      form.get("Body") ?? "",
      { status: 201, body: { sid: "SM1", status: "queued" } },
      { status: 400, body: { code: 21211, message: "Invalid 'To' Phone Number", status: 400 } },
    );
  }

  function byJson(request: PeerRequest): PeerAnswer {
    const body = jsonIn(request.body);
    if (!body) return { status: 200, body: { code: 4, msg: "bad json" } };
    if (body.apikey !== smsAccount.apiKey) return { status: 200, body: { code: 5, msg: `bad apikey ${body.apikey}` } };
    return accept(
      String(body.mobile ?? ""),
      String(body.text ?? ""),
      { status: 200, body: { code: 0, data: { sid: 7 } } },
      { status: 200, body: { code: 2, msg: "请求参数格式错误" } },
    );
  }

  function byQuery(request: PeerRequest): PeerAnswer {
    const query = request.url.searchParams;
    if (query.get("key") !== smsAccount.apiKey) return { status: 403, body: "ERR auth" };
    return accept(
      query.get("to") ?? "",
      query.get("text") ?? "",
      { status: 200, body: "OK" },
      { status: 400, body: "ERR to" },
    );
  }

  const peer = await startHttpPeer((request) => {
    const forced = override.take();
    if (forced) return forced;
    const { pathname } = request.url;
    if (request.method === "POST" && pathname.endsWith("/Messages.json")) return byForm(request);
    if (request.method === "POST" && pathname === "/v2/send") return byJson(request);
    if (request.method === "GET" && pathname === "/http/send") return byQuery(request);
    return { status: 404 };
  });
  return { origin: peer.origin, received, answerWith: override.set, close: peer.close };
}
