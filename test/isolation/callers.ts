import assert from "node:assert/strict";
import { type Answer, ask, type Question } from "./ask.ts";
import type { TestedProduct } from "./product.ts";
import type { Method } from "./route-table.ts";

export const password = "tram lantern 48 quiet";

/** Words that stand in everything of a provider, and of a part of it; found in an answer, they tell what leaked. */
export const words = {
  of: (letter: string) => `qx${letter}z`,
  customer2: (letter: string) => `qx${letter}two`,
  site12: (letter: string) => `qx${letter}onetwo`,
  /** Of notes, internal files, logged work and how to get into a site: for staff only. */
  internal: "qxinternal",
};

export interface Caller {
  /** `A engineer`, `A contact by session`. */
  name: string;
  provider: string;
  kind: "staff" | "person" | "visitor" | "stranger";
  id: string;
  permissions: ReadonlySet<string>;
  /** Whose contact a person is: of a whole customer, or of one site. */
  contactOf: readonly { customer: number; site?: number }[];
  userAt: readonly number[];
  credential: Record<string, string>;
  ask(question: Question): Promise<Answer>;
}

export const stranger = (product: TestedProduct): Caller =>
  callerWith(product, { name: "stranger", provider: "", kind: "stranger", id: "", credential: {} });

/** The cookie of a session. */
export async function signIn({ app }: TestedProduct, email: string): Promise<{ cookie: string }> {
  const answer = await ask(app, {}, { method: "POST", url: "/api/v1/session", body: { email, password } });
  assert.equal(answer.status, 200, answer.text);
  const cookies = [answer.headers["set-cookie"]].flat().map((each) => String(each).split(";")[0]);
  return { cookie: cookies.join("; ") };
}

export function callerWith(
  { app }: TestedProduct,
  who: Pick<Caller, "name" | "provider" | "kind" | "id" | "credential"> & Partial<Caller>,
): Caller {
  return {
    permissions: new Set(),
    contactOf: [],
    userAt: [],
    ...who,
    ask: (question) => ask(app, who.credential, question),
  };
}

/** Asks for something to be done, and gives back what came of it. */
export function makesWith(caller: Caller) {
  return async (method: Method, url: string, body: unknown, status?: number) => {
    const answer = await caller.ask({ method, url, body });
    const expected = status ?? (method === "POST" ? 201 : 200);
    assert.equal(answer.status, expected, `${caller.name}: ${method} ${url}: ${answer.text}`);
    return answer.json;
  };
}

export function findCaller(callers: readonly Caller[], name: string): Caller {
  return callers.find((each) => each.name === name) ?? assert.fail(`nobody is called ${name}`);
}

export const isStaff = (caller: Caller) => caller.kind === "staff";
export const isOwner = (caller: Caller) => caller.permissions.has("provider.write");
export const isContactOf = (caller: Caller, customer: number) =>
  caller.contactOf.some((mine) => mine.customer === customer);
const customerOf = (site: number) => Math.floor(site / 10);
export const isContactAt = (caller: Caller, site: number) =>
  caller.contactOf.some(
    (mine) => mine.customer === customerOf(site) && (mine.site === undefined || mine.site === site),
  );
export const isAtSite = (caller: Caller, site: number) => isContactAt(caller, site) || caller.userAt.includes(site);
