import type { Delivery } from "./destination.ts";
import type { Answer } from "./send-request.ts";
import { jsonObject, judgeStatus, tryLater } from "./send-request.ts";

/** How a chat service that answers HTTP 200 to everything says what happened. */
export type RobotCodes = {
  service: string;
  /** Fields that may hold the code, in order; 0 is success. */
  code: readonly string[];
  message: readonly string[];
  /** Codes after which the same message may pass, with the service's documented waiting time in seconds. */
  later: Readonly<Record<number, number>>;
};

/** Judges an answer by the code in its body; by its HTTP status only where there is none. */
export function judgeRobotAnswer(codes: RobotCodes, answer: Answer): Delivery {
  const body = jsonObject(answer.text);
  const code = codes.code.map((field) => body?.[field]).find((value) => typeof value === "number");
  if (code === undefined) {
    if (answer.status < 200 || answer.status > 299) return judgeStatus(codes.service, answer);
    // A captive portal or proxy answers 200 with a page of its own: nothing was delivered.
    return tryLater(`${codes.service} answered without a code.`, answer.headers);
  }
  if (code === 0) return { outcome: "delivered_to_service" };
  const said = codes.message.map((field) => body?.[field]).find((value) => typeof value === "string");
  const detail = `${codes.service} answered ${code}${said ? `: ${said}` : "."}`;
  const wait = codes.later[code];
  if (wait !== undefined || answer.status === 429 || answer.status >= 500) {
    return tryLater(detail, answer.headers, wait);
  }
  return { outcome: "refused", detail };
}
