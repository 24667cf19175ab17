import type { Message } from "../../src/platform/delivery/index.ts";

/** A message as the helpdesk writes one, with what a test wants to be different. */
export function exampleMessage(different: Partial<Message> = {}): Message {
  return {
    id: "01948f3e-6f8c-7cc1-9a55-2f1f4f6d8b10",
    title: "INC-1042 · 收银机无法开机",
    body: "门店 0417（上海南京西路）\n收银机按下电源没有反应。",
    url: "https://desk.example.com/tickets/01948f3e",
    urgency: "critical",
    tag: "ticket:01948f3e",
    language: "zh-Hans",
    ...different,
  };
}
