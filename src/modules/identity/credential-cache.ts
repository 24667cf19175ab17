import { hash } from "node:crypto";
import type { Actor } from "../../platform/actor.ts";
import { now } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";

/**
 * What each credential stood for, for five seconds: a revoked session, key, role or member is gone at once in the
 * process that revoked it, and within five seconds in every other. Keyed by hash; an unknown credential is remembered
 * too, so that repeating it costs no query.
 */
const rememberedMilliseconds = 5000;
const mostEntries = 20_000;

type Entry = { actor: Promise<Actor | undefined>; until: number };
const entries = new Map<string, Entry>();

export function rememberActor(
  kind: "session" | "key",
  credential: string,
  load: () => Promise<Actor | undefined>,
): Promise<Actor | undefined> {
  const key = hash("sha256", `${kind} ${credential}`, "base64");
  const time = now().epochMilliseconds;
  const known = entries.get(key);
  if (known && known.until > time) return known.actor;
  const actor = load();
  const entry = { actor, until: time + rememberedMilliseconds };
  entries.delete(key);
  if (entries.size >= mostEntries) forgetOldest();
  entries.set(key, entry);
  actor.catch(() => {
    if (entries.get(key) === entry) entries.delete(key);
  });
  return actor;
}

function forgetOldest(): void {
  for (const key of entries.keys()) {
    if (entries.size <= mostEntries / 2) return;
    entries.delete(key);
  }
}

/** Forgets every credential, those being looked up just now included. Rare enough not to be choosy. */
export function forgetCredentials(): void {
  entries.clear();
}

/** To be called by whatever takes or changes rights: they change for this process when the change is committed. */
export function forgetCredentialsAfter(tx: Pick<Tx, "afterCommit">): void {
  tx.afterCommit("identity:credentials", forgetCredentials);
}
