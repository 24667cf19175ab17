import { createHmac } from "node:crypto";
import { now } from "../../src/platform/clock.ts";
import type { PeerAnswer, PeerRequest } from "./http-peer.ts";
import { at, jsonIn, overrides, startHttpPeer } from "./http-peer.ts";

export type ChatService = "wecom" | "dingtalk" | "feishu" | "slack" | "teams";
export type RobotMessage = { service: ChatService; body: Record<string, unknown> };

export type ChatRobots = {
  urlOf(service: ChatService): string;
  received: RobotMessage[];
  /** Answers this instead, a number of times or until `answerWith(service, undefined)`. */
  answerWith(service: ChatService, answer: PeerAnswer | undefined, times?: number): void;
  close(): Promise<void>;
};

type Options = {
  dingtalk?: { secret?: string; keyword?: string };
  feishu?: { secret?: string; keyword?: string };
};

const wecomKey = "633a31f6-7f9c-4bc4-97a0-0ec1eefa5898";
const dingtalkToken = "566cc69da782ec33ff8c0b2c0e2a6f33bb6fd1d4ea1c7a1d4ea1c7a1d4ea1c7a";
const feishuHook = "/open-apis/bot/v2/hook/8a1c4d7e-2b1f-4a52-9c58-5f0e5bd1f0aa";
const slackHook = "/services/T0AAAAAAA/B0BBBBBBB/XXXXXXXXXXXXXXXXXXXXXXXX";
const teamsHook = "/powerautomate/automations/direct/workflows/1d2c3b4a5f6e/triggers/manual/paths/invoke";
const teamsSignature = "hKq3mJ0YxN2Vd8bZr7uWcT5eL1sPfG4oA6iQ9wRyXkM";

/** The five chat services at one address: each checks what the real one checks, and answers as the real one answers. */
export async function startChatRobots(options: Options = {}): Promise<ChatRobots> {
  const received: RobotMessage[] = [];
  const forced = {
    wecom: overrides<PeerAnswer>(),
    dingtalk: overrides<PeerAnswer>(),
    feishu: overrides<PeerAnswer>(),
    slack: overrides<PeerAnswer>(),
    teams: overrides<PeerAnswer>(),
  };
  const windows = { wecom: perMinute(20), dingtalk: perMinute(20), feishu: perMinute(100) };

  function robot(service: ChatService, request: PeerRequest): PeerAnswer {
    if (service === "wecom") return wecom(request, windows.wecom);
    if (service === "dingtalk") return dingtalk(request, options.dingtalk ?? {}, windows.dingtalk);
    if (service === "feishu") return feishu(request, options.feishu ?? {}, windows.feishu);
    return service === "slack" ? slack(request) : teams(request);
  }

  const peer = await startHttpPeer((request) => {
    const service = serviceOf(request.url.pathname);
    if (!service || request.method !== "POST") return { status: 404, body: "no_service" };
    const answer = forced[service].take() ?? robot(service, request);
    if (succeeded(service, answer)) received.push({ service, body: jsonIn(request.body) ?? {} });
    return answer;
  });

  const urls: Record<ChatService, string> = {
    wecom: `${peer.origin}/cgi-bin/webhook/send?key=${wecomKey}`,
    dingtalk: `${peer.origin}/robot/send?access_token=${dingtalkToken}`,
    feishu: `${peer.origin}${feishuHook}`,
    slack: `${peer.origin}${slackHook}`,
    teams: `${peer.origin}${teamsHook}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${teamsSignature}`,
  };
  return {
    urlOf: (service) => urls[service],
    received,
    answerWith: (service, answer, times) => forced[service].set(answer, times),
    close: peer.close,
  };
}

function serviceOf(path: string): ChatService | undefined {
  if (path === "/cgi-bin/webhook/send") return "wecom";
  if (path === "/robot/send") return "dingtalk";
  if (path.startsWith("/open-apis/bot/v2/hook/")) return "feishu";
  if (path.startsWith("/services/")) return "slack";
  return path.startsWith("/powerautomate/") ? "teams" : undefined;
}

function succeeded(service: ChatService, answer: PeerAnswer): boolean {
  if (service === "slack") return answer.body === "ok";
  if (service === "teams") return answer.status === 202;
  return at(answer.body, service === "feishu" ? "code" : "errcode") === 0;
}

function perMinute(limit: number): () => boolean {
  const times: number[] = [];
  return () => {
    const present = now().epochMilliseconds;
    while (times[0] !== undefined && times[0] <= present - 60_000) times.shift();
    times.push(present);
    return times.length > limit;
  };
}

const code = (errcode: number, errmsg: string): PeerAnswer => ({ status: 200, body: { errcode, errmsg } });

function wecom(request: PeerRequest, tooMany: () => boolean): PeerAnswer {
  if (request.url.searchParams.get("key") !== wecomKey) {
    return code(
      93000,
      "invalid webhook url, hint: [1663749387], from ip: 192.0.2.1, more info at https://open.work.weixin.qq.com/devtool/query?e=93000",
    );
  }
  if (tooMany()) return code(45009, "api freq out of limit, hint: [1663749387]");
  const body = jsonIn(request.body);
  if (!body) return code(47001, "data format error");
  if (body.msgtype !== "text") return code(40008, "invalid message type");
  const content = at(body, "text.content");
  if (typeof content !== "string" || content === "") return code(44004, "text content is empty");
  if (Buffer.byteLength(content) > 2048)
    return code(40058, "text.content exceed max length 2048. invalid Request Parameter");
  return code(0, "ok");
}

const anHourAway = (milliseconds: number) => !(Math.abs(milliseconds - now().epochMilliseconds) <= 3_600_000);

function dingtalk(
  request: PeerRequest,
  { secret, keyword }: { secret?: string; keyword?: string },
  tooMany: () => boolean,
): PeerAnswer {
  const query = request.url.searchParams;
  if (query.get("access_token") !== dingtalkToken) return code(300001, "token is not exist");
  if (tooMany()) return code(130101, "send too fast, exceed 20 times per minute");
  if (secret) {
    const timestamp = query.get("timestamp") ?? "";
    if (!/^\d{13}$/.test(timestamp) || anHourAway(Number(timestamp))) return code(310000, "invalid timestamp");
    const sign = createHmac("sha256", secret).update(`${timestamp}\n${secret}`, "utf8").digest("base64");
    if (query.get("sign") !== sign) return code(310000, "sign not match");
  }
  if (request.body.length > 20_000) return code(460101, "message too long, exceed 20000 bytes");
  const body = jsonIn(request.body);
  const content = at(body, "text.content");
  if (body?.msgtype !== "text" || typeof content !== "string") return code(40035, "缺少参数 json");
  if (keyword && !content.includes(keyword)) {
    return code(
      310000,
      `keywords not in content, more: [https://open.dingtalk.com/document/robots/customize-robot-security-settings]`,
    );
  }
  return code(0, "ok");
}

const larkCode = (number: number, msg: string): PeerAnswer => ({ status: 200, body: { code: number, msg, data: {} } });

function feishu(
  request: PeerRequest,
  { secret, keyword }: { secret?: string; keyword?: string },
  tooMany: () => boolean,
): PeerAnswer {
  if (request.url.pathname !== feishuHook) {
    return larkCode(19001, "param invalid: incoming webhook access token invalid");
  }
  if (tooMany()) return larkCode(11232, "frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]");
  const body = jsonIn(request.body);
  if (!body || request.body.length > 20_480) return larkCode(9499, "Bad Request");
  if (secret) {
    const sign = createHmac("sha256", `${body.timestamp}\n${secret}`).update("").digest("base64");
    if (anHourAway(Number(body.timestamp) * 1000) || body.sign !== sign) {
      return larkCode(19021, "sign match fail or timestamp is not within one hour from current time");
    }
  }
  const post = at(body, "content.post.zh_cn");
  const lines = at(post, "content");
  if (body.msg_type !== "post" || typeof at(post, "title") !== "string" || !Array.isArray(lines)) {
    return larkCode(9499, "Bad Request");
  }
  const parts = lines.flat();
  if (!parts.every((part) => ["text", "a", "at"].includes(String(at(part, "tag")))))
    return larkCode(9499, "Bad Request");
  if (keyword && !JSON.stringify(post).includes(keyword)) return larkCode(19024, "Key Words Not Found");
  return { status: 200, body: { StatusCode: 0, StatusMessage: "success", code: 0, data: {}, msg: "success" } };
}

function slack(request: PeerRequest): PeerAnswer {
  if (request.url.pathname !== slackHook) return { status: 404, body: "no_service" };
  const body = jsonIn(request.body);
  if (!body) return { status: 400, body: "invalid_payload" };
  const blocks = Array.isArray(body.blocks) ? body.blocks : [];
  if (typeof body.text !== "string" && blocks.length === 0) return { status: 400, body: "no_text" };
  return blocks.every(isSlackBlock) ? { status: 200, body: "ok" } : { status: 400, body: "invalid_blocks" };
}

function isSlackBlock(block: unknown): boolean {
  const text = at(block, "text.text");
  if (typeof text !== "string" || text === "") return false;
  const kind = at(block, "text.type");
  if (at(block, "type") === "header") return kind === "plain_text" && text.length <= 150;
  return at(block, "type") === "section" && (kind === "plain_text" || kind === "mrkdwn") && text.length <= 3000;
}

function teams(request: PeerRequest): PeerAnswer {
  const error = (status: number, name: string, message: string) => ({
    status,
    body: { error: { code: name, message } },
  });
  if (request.url.pathname !== teamsHook || request.url.searchParams.get("sig") !== teamsSignature) {
    return error(
      401,
      "DirectApiAuthorizationRequired",
      "The request must be authenticated only by Shared Access scheme.",
    );
  }
  if (request.body.length > 28 * 1024) return error(413, "RequestEntityTooLarge", "The request is too large.");
  const body = jsonIn(request.body);
  const attachments = Array.isArray(body?.attachments) ? body.attachments : [];
  const cards = attachments.every(
    (attachment) =>
      at(attachment, "contentType") === "application/vnd.microsoft.card.adaptive" &&
      at(attachment, "content.type") === "AdaptiveCard" &&
      Array.isArray(at(attachment, "content.body")),
  );
  if (body?.type !== "message" || attachments.length === 0 || !cards) {
    return error(
      400,
      "TriggerInputSchemaMismatch",
      "The input body for trigger 'manual' did not match its schema definition.",
    );
  }
  return { status: 202 };
}
