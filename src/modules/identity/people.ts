import type { Tx } from "../../platform/db.ts";
import { forgetCredentialsAfter } from "./credential-cache.ts";
import { saveMembership } from "./memberships.sql.ts";
import type { PersonRole } from "./permissions.ts";

/** What identity must know of a person at a customer; the customers module owns the rest. */
export interface PersonCopy {
  id: string;
  name: string;
  email: string | null;
  locale: "en" | "zh-Hans" | "zh-Hant" | "vi";
  /** False once archived: signing in and keys end at once. */
  active: boolean;
}

/**
 * Tells identity who a person is and what they may do. To be called in the transaction of every change of a person or of
 * what they are at a customer; rights change with its commit.
 */
export async function setPersonRoles(tx: Tx, person: PersonCopy, roles: readonly PersonRole[]): Promise<void> {
  await saveMembership(tx, {
    subjectId: person.id,
    kind: "person",
    displayName: person.name,
    email: person.email,
    roles: [...new Set(roles)],
    locale: person.locale,
    active: person.active && roles.length > 0,
  });
  forgetCredentialsAfter(tx);
}
