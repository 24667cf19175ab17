import { type Static, Type } from "typebox";
import type { Queries } from "../../platform/db.ts";
import { Id, orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";
import { Session } from "./api.ts";

const Opened = Type.Object({ id: Id, loginId: Id, tenantId: orNull(Id), subjectId: orNull(Id) });
export type Opened = Static<typeof Opened>;

const columns = sql`session.id, session.login_id as "loginId", session.tenant_id as "tenantId",
  session.subject_id as "subjectId"`;

export function findOpened(tx: Queries, token: string): Promise<Opened | undefined> {
  return tx.maybe(Opened, sql`select ${columns} from auth.session where session.token = ${token}`);
}

export function findOpenedById(tx: Queries, id: string): Promise<Opened | undefined> {
  return tx.maybe(Opened, sql`select ${columns} from auth.session where session.id = ${id}`);
}

/** The devices on which a login is signed in, the one seen last first. */
export function listSessions(
  tx: Queries,
  loginId: string,
  current: string | undefined,
  now: string,
  idleSince: string,
): Promise<Session[]> {
  return tx.many(
    Session,
    sql`select session.id, session.user_agent as "userAgent", session.ip_address as address,
        session.created_at as "createdAt", session.updated_at as "lastSeenAt",
        coalesce(session.id = ${current ?? null}::uuid, false) as current
      from auth.session where session.login_id = ${loginId} and session.expires_at > ${now}
        and session.updated_at > ${idleSince}
      order by session.updated_at desc, session.id limit 200`,
  );
}

export function moveSession(tx: Queries, id: string, tenantId: string, subjectId: string): Promise<number> {
  return tx.run(
    sql`update auth.session set tenant_id = ${tenantId}, subject_id = ${subjectId} where session.id = ${id}`,
  );
}

/** @returns how many were ended */
export function endSession(tx: Queries, id: string, loginId: string): Promise<number> {
  return tx.run(sql`delete from auth.session where session.id = ${id} and session.login_id = ${loginId}`);
}

/** Ends all sessions of a login but one, if one is named. */
export function endSessionsOf(tx: Queries, loginId: string, but: string | undefined): Promise<number> {
  return tx.run(sql`delete from auth.session
    where session.login_id = ${loginId} and session.id is distinct from ${but ?? null}::uuid`);
}

/** Ends what somebody may do in one tenant, whose membership ended; what the login does elsewhere goes on. */
export function endSessionsIn(tx: Queries, tenantId: string, subjectId: string): Promise<number> {
  return tx.run(
    sql`delete from auth.session where session.tenant_id = ${tenantId} and session.subject_id = ${subjectId}`,
  );
}

/** Sessions that have run out, of this login; done at each new sign-in. */
export function endOldSessionsOf(tx: Queries, loginId: string, now: string, idleSince: string): Promise<number> {
  return tx.run(sql`delete from auth.session
    where session.login_id = ${loginId} and (session.expires_at <= ${now} or session.updated_at <= ${idleSince})`);
}
