import { isOpen } from "../../engines/business-time/index.ts";
import type { Tx } from "../../platform/db.ts";
import type { CallReason, Escalation } from "./api-calls.ts";
import { activeStaff, holdersOf } from "./callees.sql.ts";
import { loadCalendars } from "./load-calendars.ts";
import { onCallNow } from "./on-call.ts";
import { findRota } from "./rotas.sql.ts";

export interface Callees {
  staffIds: string[];
  reason: CallReason;
}

/**
 * Whom a step rings now. Step 0 of a ticket that nobody is responsible for rings whoever is on call, else the desk. The
 * step after the last rings the managers.
 */
export async function chooseCallees(
  tx: Tx,
  policy: Escalation,
  step: number,
  assigneeId: string | null,
  at: string,
): Promise<Callees> {
  const rule = policy.steps[step];
  if (!rule) return { staffIds: await managers(tx, "service_manager", at), reason: "nobody_answered" };
  if (rule.kind === "rota") return { staffIds: await onCall(tx, rule.rotaId, at), reason: "on_call" };
  if (rule.kind === "role") return { staffIds: await managers(tx, rule.role ?? "service_manager", at), reason: "role" };
  if (assigneeId) return { staffIds: await activeStaff(tx, assigneeId), reason: "assigned" };
  const rota = policy.steps.find((each) => each.kind === "rota");
  const staffIds = rota ? await onCall(tx, rota.rotaId, at) : [];
  if (staffIds.length > 0) return { staffIds, reason: "on_call" };
  return { staffIds: await dispatchersOnDuty(tx, at), reason: "desk" };
}

async function onCall(tx: Tx, rotaId: string | null, at: string): Promise<string[]> {
  const rota = rotaId === null ? undefined : await findRota(tx, rotaId, at, at);
  const staffId = rota && onCallNow(rota, Temporal.Instant.from(at));
  return staffId === undefined ? [] : [staffId];
}

/** The holders of a role; a provider that has none has an owner. */
async function managers(tx: Tx, role: string, at: string): Promise<string[]> {
  const holders = await holdersOf(tx, role, at);
  const found = holders.length > 0 ? holders : await holdersOf(tx, "owner", at);
  return found.map(({ id }) => id);
}

async function dispatchersOnDuty(tx: Tx, at: string): Promise<string[]> {
  const dispatchers = await holdersOf(tx, "dispatcher", at);
  const calendars = await loadCalendars(
    tx,
    dispatchers.flatMap(({ calendarId, calendarVersion }) =>
      calendarId === null ? [] : [{ id: calendarId, version: calendarVersion }],
    ),
  );
  const onDuty = dispatchers.filter(({ calendarId }) => {
    const hours = calendarId === null ? undefined : calendars.get(calendarId);
    return hours === undefined || isOpen(hours, Date.parse(at));
  });
  return onDuty.map(({ id }) => id);
}
