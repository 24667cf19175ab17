import type { Actor } from "../../platform/actor.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { ChooseTenant, Me } from "./api.ts";
import { forgetCredentials } from "./credential-cache.ts";
import type { Identity } from "./identity.ts";
import { readMe } from "./me.ts";
import { listSubjectsOf, noteChosen } from "./memberships.sql.ts";
import { loginOfSession } from "./passwords-of-logins.ts";
import { permissionsOf } from "./permissions.ts";
import { moveSession } from "./sessions.sql.ts";

/** Lets this session work in another place where its login is a member; staff before person, where it is both. */
export async function chooseTenant(identity: Identity, actor: Actor, input: ChooseTenant): Promise<Me> {
  const { db } = identity;
  const { login, sessionId } = await loginOfSession(identity, actor);
  const chosen = await db.asGlobal(async (tx) => {
    const subjects = (await listSubjectsOf(tx, login.id)).filter(
      ({ tenantId, kind }) => tenantId === input.tenantId && (input.kind === undefined || kind === input.kind),
    );
    const subject = subjects.find(({ kind }) => kind === "staff") ?? subjects[0];
    if (!subject) throw new Refusal("not_found", "not_found", "There is nothing here that you may see.");
    await moveSession(tx, sessionId, subject.tenantId, subject.subjectId);
    await noteChosen(tx, subject.tenantId, subject.subjectId);
    return subject;
  });
  forgetCredentials();
  const present: Actor = {
    ...actor,
    kind: chosen.kind,
    id: chosen.subjectId,
    tenantId: chosen.tenantId,
    roles: chosen.roles,
    permissions: permissionsOf(chosen.roles),
    locale: chosen.locale,
  };
  return db.asTenant(chosen.tenantId, (tx) => {
    record(tx, present, "identity.signed_in", { kind: "session", id: sessionId, version: 1 }, { chosen: true });
    return readMe(tx, present);
  });
}
