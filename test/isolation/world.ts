import { type Answer, leaksIn, type Question } from "./ask.ts";
import { type Caller, stranger, words } from "./callers.ts";
import type { Kind } from "./kinds.ts";
import { changedTables, idsIn, rowsOf, startProduct, type TestedProduct } from "./product.ts";
import { foundProvider, type Provider, type Thing } from "./provider.ts";
import { addCustomers, addPeople } from "./provider-customers.ts";
import { addDesk, addLogins, addTickets } from "./provider-tickets.ts";
import { nameOf, type Route } from "./route-table.ts";
import { sample } from "./sample-value.ts";

/** Two providers that share an installation and nothing else, everyone who works with them, and every address there is. */
export interface IsolationWorld {
  product: TestedProduct;
  routes: readonly Route[];
  a: Provider;
  b: Provider;
  callers: readonly Caller[];
  things: readonly Thing[];
  /** What any answer since the beginning told its caller that it must not. */
  leaks: string[];
  asked: number;
  /** Fails with the tables in which anything of either provider has changed since the world was made. */
  changes(): Promise<string[]>;
  end(): Promise<void>;
}

export async function startIsolationWorld(): Promise<IsolationWorld> {
  const product = await startProduct();
  try {
    return await furnish(product);
  } catch (error) {
    await product.end();
    throw error;
  }
}

async function makeProvider(product: TestedProduct, letter: string): Promise<Provider> {
  const making = await foundProvider(product, letter);
  await addCustomers(making);
  await addPeople(making);
  await addTickets(making);
  await addDesk(making);
  await addLogins(making);
  return making.provider;
}

async function furnish(product: TestedProduct): Promise<IsolationWorld> {
  const a = await makeProvider(product, "a");
  const b = await makeProvider(product, "b");
  const things = [...a.things, ...b.things];
  const before = [await rowsOf(product, a.tenantId), await rowsOf(product, b.tenantId)] as const;
  const idsOf = before.map((rows) => idsIn([...rows.values()].join("\n")));
  const leaks: string[] = [];
  const world: IsolationWorld = {
    product,
    routes: product.routes,
    a,
    b,
    callers: [],
    things,
    leaks,
    asked: 0,
    async changes() {
      const after = [await rowsOf(product, a.tenantId), await rowsOf(product, b.tenantId)] as const;
      return [...changedTables(before[0], after[0]), ...changedTables(before[1], after[1])];
    },
    end: () => product.end(),
  };
  const watched = (caller: Caller): Caller => {
    const hidden = hiddenFrom(caller, things, { a: idsOf[0], b: idsOf[1] });
    return {
      ...caller,
      async ask(question: Question): Promise<Answer> {
        const answer = await caller.ask(question);
        world.asked++;
        for (const leak of leaksIn(answer, question, hidden)) {
          leaks.push(`${caller.name}: ${question.method} ${question.url} (${answer.status}) tells ${leak}`);
        }
        return answer;
      },
    };
  };
  const everyone = [...a.callers, b.caller("owner"), b.caller("contact"), stranger(product)];
  return Object.assign(world, { callers: everyone.map(watched) });
}

/** Kinds that only those hear of who may see them; a member's or a calendar's id stands in what others may see. */
const silentKinds: ReadonlySet<Kind> = new Set([
  "ticket",
  "attachment",
  "customer",
  "site",
  "device",
  "agreement",
  "notification",
  "contact_point",
  "api_key",
  "session",
  "passkey",
  "saved_view",
  "override",
] as const);

function hiddenFrom(
  caller: Caller,
  things: readonly Thing[],
  idsOf: { a: ReadonlySet<string> | undefined; b: ReadonlySet<string> | undefined },
): { words: readonly string[]; ids: ReadonlySet<string> } {
  const others = caller.provider === "a" ? ["b"] : caller.provider === "b" ? ["a"] : ["a", "b"];
  const hidden = others.map(words.of);
  const isAt = (customer: number) =>
    caller.contactOf.some((mine) => mine.customer === customer) ||
    caller.userAt.some((site) => Math.floor(site / 10) === customer);
  if (caller.kind !== "staff") hidden.push(words.internal);
  if (caller.kind === "person" || caller.kind === "visitor") {
    if (!isAt(2)) hidden.push(words.customer2(caller.provider));
    const sees12 = caller.userAt.includes(12) || caller.contactOf.some((each) => each.customer === 1 && !each.site);
    if (!sees12) hidden.push(words.site12(caller.provider));
  }
  /** Whose user one is, and where one stands with a visitor's link, is no secret, though one may not look it up. */
  const isNear = ({ name }: Thing) =>
    (caller.kind === "person" && [1, 2].some((each) => isAt(each) && name === `${caller.provider} customer ${each}`)) ||
    (caller.kind === "visitor" && /^. (customer 1|site 11|device 11)$/.test(name) && name[0] === caller.provider);
  const ids = new Set(
    things
      .filter((thing) => silentKinds.has(thing.kind) && !thing.isSeenBy(caller) && !isNear(thing))
      .map((thing) => thing.id),
  );
  const own = caller.provider === "a" ? idsOf.a : idsOf.b;
  const foreign = caller.provider === "a" ? idsOf.b : idsOf.a;
  for (const id of foreign ?? []) if (!own?.has(id)) ids.add(id);
  return { words: hidden, ids };
}

/** A valid request to an address, with ids that the caller may see wherever there are any. */
export function validRequest(
  { a, b }: Pick<IsolationWorld, "a" | "b">,
  route: Route,
  caller: Caller,
  full = false,
): { body?: unknown; query: string } {
  const provider = caller.provider === "b" ? b : a;
  const idOf = (kind: Kind) => {
    const same = provider.things.filter((thing) => thing.kind === kind);
    return (same.find((thing) => thing.isSeenBy(caller)) ?? same[0])?.id ?? "";
  };
  const sampling = { route: nameOf(route), idOf, full };
  const query = route.query ? sample(route.query, sampling) : {};
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) parts.append(name, String(value));
  return {
    query: parts.size > 0 ? `?${parts}` : "",
    ...(route.body && route.method !== "GET" ? { body: sample(route.body, sampling) } : {}),
  };
}

/** The address with ids in place of its parameters. */
export function addressOf(route: Route, ids: readonly string[]): string {
  let next = 0;
  return route.url.replaceAll(/:\w+/g, () => encodeURIComponent(ids[next++] ?? ""));
}

/** A problem document without what differs from one request to the next. */
export function silentBody(answer: Answer): string {
  return answer.text.replace(/"requestId":"[^"]*"/, "");
}
