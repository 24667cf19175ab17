import { type Static, Type } from "typebox";
import { nowText } from "../../platform/clock.ts";
import type { Queries, Tx } from "../../platform/db.ts";
import { Id, oneOf, orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";

const StoredInvitation = Type.Object({
  tenantId: Id,
  subjectId: Id,
  kind: oneOf("staff", "person"),
  email: Type.String(),
  invitedBy: Type.String(),
  expiresAt: Type.String(),
  acceptedAt: orNull(Type.String()),
  revokedAt: orNull(Type.String()),
});
export type StoredInvitation = Static<typeof StoredInvitation>;

const columns = sql`invitation.tenant_id as "tenantId", invitation.subject_id as "subjectId", invitation.kind,
  invitation.email, invitation.invited_by as "invitedBy", invitation.expires_at as "expiresAt",
  invitation.accepted_at as "acceptedAt", invitation.revoked_at as "revokedAt"`;

export function insertInvitation(
  tx: Tx,
  tokenHash: Buffer,
  invitation: Pick<StoredInvitation, "subjectId" | "kind" | "email" | "invitedBy" | "expiresAt">,
): Promise<number> {
  return tx.run(sql`
    insert into identity.invitation (token_hash, tenant_id, subject_id, kind, email, invited_by, created_at, expires_at)
    values (${tokenHash}, ${tx.tenantId}, ${invitation.subjectId}, ${invitation.kind}, ${invitation.email},
      ${invitation.invitedBy}, ${nowText()}, ${invitation.expiresAt})`);
}

export function findInvitation(tx: Queries, tokenHash: Buffer): Promise<StoredInvitation | undefined> {
  return tx.maybe(
    StoredInvitation,
    sql`select ${columns} from identity.invitation where invitation.token_hash = ${tokenHash}`,
  );
}

/** Uses an invitation up, once: of two who accept together one gets it. */
export function takeInvitation(tx: Queries, tokenHash: Buffer): Promise<StoredInvitation | undefined> {
  const at = nowText();
  return tx.maybe(
    StoredInvitation,
    sql`update identity.invitation set accepted_at = ${at}
      where invitation.token_hash = ${tokenHash} and invitation.accepted_at is null
        and invitation.revoked_at is null and invitation.expires_at > ${at}
      returning ${columns}`,
  );
}

export function revokeInvitationsOf(tx: Tx, subjectId: string): Promise<number> {
  return tx.run(sql`
    update identity.invitation set revoked_at = ${nowText()}
    where invitation.tenant_id = ${tx.tenantId} and invitation.subject_id = ${subjectId}
      and invitation.accepted_at is null and invitation.revoked_at is null`);
}
