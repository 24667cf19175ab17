import { systemActor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Config } from "../../platform/config.ts";
import type { Database, Tx } from "../../platform/db.ts";
import type { EventRow, Reaction } from "../../platform/events.ts";
import { type CallParts, openCalls, texts } from "./call-parts.ts";
import { activeGateway } from "./contact-points.sql.ts";
import { addContactPoint } from "./contact-points.ts";
import { lockWaiting, noteGiven, noteJoined } from "./first-contact-points.sql.ts";

/**
 * Whoever joins is rung by mail until they decide otherwise. Where no mail can be sent they wait: for a gateway of the
 * provider's own, or for the installation's, which the sweep finds after a restart.
 */
export async function firstContactPoints(installation: { config: Config; db: Database }) {
  const parts = await openCalls(installation);
  return {
    reactions: firstContactPointReactions(parts),
    async sweep(tenantId: string): Promise<void> {
      if (parts.gateways.smtp) await parts.db.asTenant(tenantId, (tx) => giveMail(tx, parts));
    },
  };
}

export function firstContactPointReactions(parts: CallParts): Readonly<Record<string, Reaction>> {
  const joined = async (tx: Tx, event: EventRow) => {
    if (event.subjectKind !== "member") return;
    noteJoined(tx, event.subjectId, nowText());
    await giveMail(tx, parts);
  };
  return {
    "identity.member_joined": joined,
    "identity.invitation_accepted": joined,
    "helpdesk.gateway_changed": (tx) => giveMail(tx, parts),
  };
}

async function giveMail(tx: Tx, parts: CallParts): Promise<void> {
  if (!parts.gateways.smtp && (await activeGateway(tx, "smtp")) === null) return;
  for (const { staffId, email, locale, hasMail } of await lockWaiting(tx)) {
    noteGiven(tx, staffId, nowText());
    if (hasMail) continue;
    const destination = { channel: "email" as const, to: email };
    const label = texts(locale, "contact_point.first");
    await addContactPoint(tx, systemActor(tx.tenantId), parts, { staffId, label, destination, active: true });
  }
}
