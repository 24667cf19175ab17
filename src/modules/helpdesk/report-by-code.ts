import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { permissionsOf } from "../identity/index.ts";
import type { ReportByCode, ReportReceipt } from "./api.ts";
import { openTicket } from "./open-ticket.ts";
import { makeVisitorToken } from "./visitor-token.ts";
import { insertVisitor } from "./visitors.sql.ts";

/** Someone without a login, before it is known who: what is repeated with its Idempotency-Key finds the first answer. */
export function strangerAt(tenantId: string, locale: string): Actor {
  const id = "00000000-0000-0000-0000-000000000000";
  return {
    kind: "visitor",
    id,
    tenantId,
    permissions: permissionsOf(["visitor"]),
    roles: ["visitor"],
    locale,
    via: "link",
  };
}

/**
 * A fault reported by a device's QR label. Someone signed in at that provider reports as oneself; anyone else becomes a
 * visitor, whose link is the only key to this report.
 */
export async function reportByCode(
  tx: Tx,
  asker: Actor,
  device: { deviceId: string; siteId: string },
  report: ReportByCode,
  takeNumber: (prefix: string) => Promise<number>,
): Promise<ReportReceipt> {
  const { subject, description = "", urgency = "medium", name = null, email = null, phone = null } = report;
  const asked = { subject, description, urgency, siteId: device.siteId, deviceId: device.deviceId };
  if (asker.kind !== "visitor") {
    const ticket = await openTicket(tx, asker, asked, { channel: "qr" }, takeNumber);
    return { ticketId: ticket.id, number: ticket.number, token: null };
  }
  const { token, tokenHash } = makeVisitorToken(tx.tenantId);
  const visitor: Actor = { ...asker, id: uuidv7() };
  insertVisitor(tx, { id: visitor.id, tokenHash, name, email, phone, locale: asker.locale });
  const ticket = await openTicket(tx, visitor, asked, { channel: "qr", visitorId: visitor.id }, takeNumber);
  return { ticketId: ticket.id, number: ticket.number, token };
}
