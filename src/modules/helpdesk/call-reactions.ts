import { systemActor } from "../../platform/actor.ts";
import { now, nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import type { EventRow, Reaction } from "../../platform/events.ts";
import { record } from "../../platform/events.ts";
import { enqueue } from "../../platform/jobs.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { findTenant } from "../identity/index.ts";
import { lockChain, nextTurn } from "./call-chain.sql.ts";
import { texts } from "./call-parts.ts";
import { activeStaff } from "./callees.sql.ts";
import { insertEscalation } from "./escalation.sql.ts";
import { defaultEscalation } from "./escalation-policy.ts";
import { ringAssignee } from "./ring.ts";
import { hasRotas, insertRota } from "./rotas.sql.ts";

/** A new provider begins with its owner on call, and with an escalation that ends at the managers. */
async function addFirstEscalation(tx: Tx, event: EventRow): Promise<void> {
  if (await hasRotas(tx)) return;
  const { timeZone, locale } = await findTenant(tx);
  const rotaId = uuidv7();
  const startsOn = now().toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const owner = event.actorKind === "staff" ? await activeStaff(tx, event.actorId) : [];
  const fields = { name: texts(locale, "rota.first"), timeZone, handoverWeekday: 1, handoverTime: "09:00", startsOn };
  insertRota(tx, rotaId, fields, owner, nowText());
  await insertEscalation(tx, defaultEscalation(rotaId));
  const subject = { kind: "rota", id: rotaId, version: 1 };
  record(tx, systemActor(tx.tenantId), "helpdesk.rota_created", subject, { members: owner.length });
}

/** A ticket that was paused before anyone had taken it rings again. */
async function ringAfterPause(tx: Tx, event: EventRow): Promise<void> {
  const chain = await lockChain(tx, event.subjectId);
  if (!chain || chain.endedAt === null || (chain.state !== "new" && chain.state !== "assigned")) return;
  ringAssignee(tx, { id: chain.ticketId, assigneeId: chain.assigneeId }, nowText());
}

/** What became urgent does not wait for the morning; what became less so does. The job looks at the ticket as it is now. */
async function paceAnew(tx: Tx, event: EventRow): Promise<void> {
  const chain = await nextTurn(tx, event.subjectId);
  if (chain) enqueue(tx, "helpdesk.ring", { tenantId: tx.tenantId, ticketId: event.subjectId, ...chain });
}

export const callReactions: Readonly<Record<string, Reaction>> = {
  "identity.provider_created": addFirstEscalation,
  "helpdesk.ticket_resumed": ringAfterPause,
  "helpdesk.ticket_edited": paceAnew,
};
