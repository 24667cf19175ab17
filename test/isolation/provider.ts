import assert from "node:assert/strict";
import {
  createApiKey,
  createProvider,
  createStaff,
  permissionsOf,
  type StaffRole,
  staffRoles,
} from "../../src/modules/identity/index.ts";
import { type Caller, callerWith, findCaller, isOwner, isStaff, makesWith, password, words } from "./callers.ts";
import type { Kind } from "./kinds.ts";
import type { TestedProduct } from "./product.ts";

export interface Thing {
  kind: Kind;
  id: string;
  /** With the provider's letter before it: `a ticket of the desk`. */
  name: string;
  /** The ticket of a file, the rota of an override. */
  parentId?: string;
  isSeenBy(caller: Caller): boolean;
}

export interface Provider {
  letter: string;
  tenantId: string;
  callers: Caller[];
  things: Thing[];
  caller(role: string): Caller;
  /** By its name without the letter. */
  thing(name: string): Thing;
  /** The visitor's link, and the code of a label. */
  secrets: { visitor: string; code: string };
}

type Scopes = ("*" | "customer.read")[];
type Does = ReturnType<typeof makesWith>;

/** A provider in the making, and how more of it is made. */
export interface Making {
  product: TestedProduct;
  provider: Provider;
  /** Stands in everything of this provider. */
  word: string;
  owner: Caller;
  engineer: Caller;
  /** The owner's and the engineer's doings. */
  does: Does;
  works: Does;
  ownerLogin: string;
  add(kind: Kind, name: string, id: string, sees: (caller: Caller) => boolean, parentId?: string): void;
  addCaller(
    name: string,
    who: Pick<Caller, "kind" | "id"> & Partial<Caller>,
    roles: readonly string[],
    scopes?: Scopes,
  ): Promise<void>;
}

/** A provider with a member of staff for each role, and a key for each. */
export async function foundProvider(product: TestedProduct, letter: string): Promise<Making> {
  const { db } = product;
  const word = words.of(letter);
  const made = await createProvider(db, {
    providerName: `Provider ${word}`,
    locale: "en",
    timeZone: "Europe/Berlin",
    currency: "EUR",
    ownerName: `Owner ${word}`,
    ownerEmail: `owner-${word}@example.com`,
    password,
  });
  const tenantId = made.tenant.id;
  const callers: Caller[] = [];
  const things: Thing[] = [];
  const provider: Provider = {
    letter,
    tenantId,
    callers,
    things,
    caller: (role) => findCaller(callers, `${letter} ${role}`),
    thing: (name) => things.find((each) => each.name === `${letter} ${name}`) ?? assert.fail(`no ${letter} ${name}`),
    secrets: { visitor: "", code: "" },
  };

  const add: Making["add"] = (kind, name, id, sees, parentId) => {
    const isSeenBy = (caller: Caller) => caller.provider === letter && sees(caller);
    things.push({ kind, id, name: `${letter} ${name}`, ...(parentId ? { parentId } : {}), isSeenBy });
  };
  const addCaller: Making["addCaller"] = async (name, who, roles, scopes = ["*"]) => {
    const input = { name: `Key ${word}`, scopes, ownerId: who.id };
    const { id, key } = await db.asTenant(tenantId, (tx) => createApiKey(tx, made.actor, input));
    add("api_key", `key of ${name}`, id, (caller) => caller.id === who.id || isOwner(caller));
    const credential = { authorization: `Bearer ${key}` };
    const permissions = permissionsOf(roles, scopes);
    callers.push(callerWith(product, { ...who, name: `${letter} ${name}`, provider: letter, permissions, credential }));
  };

  await addCaller("owner", { kind: "staff", id: made.owner.id }, ["owner"]);
  await addCaller("owner by narrow key", { kind: "staff", id: made.owner.id }, ["owner"], ["customer.read"]);
  add("member", "owner", made.owner.id, isStaff);
  for (const role of staffRoles.filter((each): each is Exclude<StaffRole, "owner"> => each !== "owner")) {
    const fields = { name: `${role} ${word}`, email: `${role}-${word}@example.com`, roles: [role] };
    const member = await db.asTenant(tenantId, (tx) => createStaff(tx, made.actor, fields));
    await addCaller(role, { kind: "staff", id: member.id }, [role]);
    add("member", role, member.id, isStaff);
  }
  const owner = provider.caller("owner");
  const engineer = provider.caller("engineer");
  return {
    product,
    provider,
    word,
    owner,
    engineer,
    does: makesWith(owner),
    works: makesWith(engineer),
    ownerLogin: made.loginId ?? assert.fail("the owner has a password"),
    add,
    addCaller,
  };
}
