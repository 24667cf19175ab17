import { Type } from "typebox";
import type { BlobStore } from "../../platform/blob-store.ts";
import { nowText } from "../../platform/clock.ts";
import { record } from "../../platform/events.ts";
import { Id } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { Attachment } from "./api.ts";
import { findAttachment, insertAttachment, listAttachments } from "./attachments.sql.ts";
import { audienceOf } from "./audience.ts";
import { fileType, isInline, safeFileName } from "./file-types.ts";
import { addEntry } from "./journal.sql.ts";
import { readUpload } from "./read-upload.ts";
import { findTicketRow, isTicketVisible, isVisible, lockTicketRow, updateTicket } from "./tickets.sql.ts";

const params = Type.Object({ id: Id });
const unknownTicket = () => new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");

/** Files of a ticket: the content is stored first, then its row; what never got a row is swept. */
export function attachmentRoutes(app: App, blobs: BlobStore): void {
  app.post(
    "/api/v1/tickets/:id/attachments",
    {
      config: { permission: "ticket.reply", subject: isVisible },
      schema: {
        summary: "Adds a file (multipart, field `file`; field `internal` = true hides it from the customer)",
        consumes: ["multipart/form-data"],
        params,
        response: { 201: Attachment },
      },
    },
    async (request, reply) => {
      const { actor } = request;
      const { id } = request.params;
      if (!(await app.db.asTenant(actor.tenantId, (tx) => isTicketVisible(tx, actor, id)))) throw unknownTicket();
      const upload = await readUpload(request, (content) => blobs.put(actor.tenantId, content));
      const { mediaType } = fileType(upload.name, upload.declaredType, upload.stored.head);
      const internal = upload.internal && actor.kind === "staff";
      const { bytes, sha256 } = upload.stored;
      const name = safeFileName(upload.name);
      reply.code(201);
      return request.asTenant(
        async (tx) => {
          const ticket = await lockTicketRow(tx, actor, id);
          if (!ticket) throw unknownTicket();
          const at = nowText();
          const attachment = await insertAttachment(tx, actor, {
            ticketId: id,
            name,
            mediaType,
            bytes,
            sha256,
            internal,
            at,
          });
          const version = ticket.version + 1;
          const data = { attachmentId: attachment.id, name, mediaType, bytes };
          addEntry(tx, actor, id, { at, kind: "attachment", internal, data });
          updateTicket(tx, { ...ticket, version, updatedAt: at });
          const audience = internal ? {} : audienceOf(ticket);
          record(
            tx,
            actor,
            "helpdesk.attachment_added",
            { kind: "ticket", id, version },
            { bytes, mediaType },
            audience,
          );
          return attachment;
        },
        { name, mediaType, internal, sha256 },
      );
    },
  );

  app.get(
    "/api/v1/tickets/:id/attachments",
    {
      config: { permission: "ticket.read", subject: isVisible },
      schema: {
        summary: "The files of a ticket",
        params,
        response: { 200: Type.Object({ items: Type.Array(Attachment) }) },
      },
    },
    (request) =>
      request.asTenant(async (tx) => {
        const [ticket, items] = await Promise.all([
          findTicketRow(tx, request.actor, request.params.id),
          listAttachments(tx, request.actor, request.params.id),
        ]);
        if (!ticket) throw unknownTicket();
        return { items };
      }),
  );

  app.get(
    "/api/v1/tickets/:id/attachments/:attachmentId",
    {
      config: { permission: "ticket.read", subject: isVisible },
      schema: {
        summary: "The content of a file",
        produces: ["application/octet-stream"],
        params: Type.Object({ id: Id, attachmentId: Id }),
        response: { 200: Type.Unknown({ description: "the file" }) },
      },
    },
    async (request, reply) => {
      const { id, attachmentId } = request.params;
      const { actor } = request;
      const attachment = await app.db.asTenant(actor.tenantId, async (tx) => {
        if (!(await isTicketVisible(tx, actor, id))) throw unknownTicket();
        return findAttachment(tx, actor, id, attachmentId);
      });
      const content = attachment && (await blobs.get(actor.tenantId, attachment.sha256));
      if (!attachment || !content) throw new Refusal("not_found", "attachment_unknown", "That file does not exist.");
      const shown = isInline(attachment.mediaType) ? "inline" : "attachment";
      const plain = attachment.name.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
      return reply
        .header("content-type", attachment.mediaType)
        .header("content-length", attachment.bytes)
        .header(
          "content-disposition",
          `${shown}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
        )
        .header("content-security-policy", "default-src 'none'; sandbox")
        .header("cache-control", "private, max-age=31536000, immutable")
        .serializer((payload: unknown) => payload as string)
        .send(content);
    },
  );
}
