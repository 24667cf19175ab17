import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { nothing, sql } from "../../platform/sql.ts";
import { Attachment } from "./api.ts";

export const StoredAttachment = Type.Object({ ...Attachment.properties, sha256: Type.String() });
export type StoredAttachment = Static<typeof StoredAttachment>;

const columns = sql`id, ticket_id as "ticketId", name, media_type as "mediaType", bytes, internal,
  actor_kind as "actorKind", actor_id as "actorId", created_at as "createdAt"`;

export function insertAttachment(
  tx: Tx,
  actor: Actor,
  file: {
    ticketId: string;
    name: string;
    mediaType: string;
    bytes: number;
    sha256: string;
    internal: boolean;
    at: string;
  },
): Promise<Attachment> {
  return tx.one(
    Attachment,
    sql`insert into helpdesk.attachment
        (tenant_id, ticket_id, name, media_type, bytes, sha256, internal, actor_kind, actor_id, created_at)
      values (${tx.tenantId}, ${file.ticketId}, ${file.name}, ${file.mediaType}, ${file.bytes},
        decode(${file.sha256}, 'hex'), ${file.internal}, ${actor.kind}, ${actor.id}, ${file.at})
      returning ${columns}`,
  );
}

/** The files of a ticket; internal ones for staff only. */
export function listAttachments(tx: Tx, actor: Actor, ticketId: string): Promise<Attachment[]> {
  return tx.many(
    Attachment,
    sql`select ${columns} from helpdesk.attachment
      where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId}
        ${actor.kind === "staff" ? nothing : sql`and not internal`} order by id limit 200`,
  );
}

export function findAttachment(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  id: string,
): Promise<StoredAttachment | undefined> {
  return tx.maybe(
    StoredAttachment,
    sql`select ${columns}, encode(sha256, 'hex') as sha256 from helpdesk.attachment
      where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and id = ${id}
        ${actor.kind === "staff" ? nothing : sql`and not internal`}`,
  );
}

/** Files named in a note become internal with it, and so does what the journal says of them. Refuses files that are not this ticket's or not one's own. */
export async function adoptAttachments(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  ids: readonly string[],
  internal: boolean,
): Promise<void> {
  if (ids.length === 0) return;
  const adopted = await tx.run(sql`
    update helpdesk.attachment set internal = ${internal}
    where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and id = any(${ids}::uuid[]) and actor_id = ${actor.id}`);
  if (adopted !== new Set(ids).size) {
    throw new Refusal("not_found", "attachment_unknown", "One of these files is not yours or not of this ticket.");
  }
  tx.send(sql`
    update helpdesk.journal set internal = ${internal}
    where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and kind = 'attachment'
      and data ->> 'attachmentId' = any(${ids}::text[])`);
}

/** Which of these contents some file of this tenant has. */
export async function findKnownContents(tx: Tx, contents: readonly string[]): Promise<string[]> {
  const rows = await tx.many(
    Type.Object({ sha256: Type.String() }),
    sql`select distinct encode(sha256, 'hex') as sha256 from helpdesk.attachment
      where tenant_id = ${tx.tenantId}
        and sha256 in (select decode(named, 'hex') from unnest(${contents}::text[]) as asked (named))`,
  );
  return rows.map((row) => row.sha256);
}
