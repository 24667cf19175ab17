import type { Actor } from "../../platform/actor.ts";
import { instantText, now, nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { refuseStale } from "../../platform/versions.ts";
import type { NewOverride, NewRota, Rota, RotaChange, RotaOverride } from "./api-calls.ts";
import { namedShifts, onCallNow } from "./on-call.ts";
import {
  countStaff,
  deleteOverride,
  findRota,
  hasOverrideBetween,
  insertOverride,
  insertRota,
  isRotaInUse,
  listRotas,
  lockRota,
  type RotaRow,
  raiseRotaVersion,
  updateRota,
} from "./rotas.sql.ts";

const soonDays = 15;

/** Refuses `rota_unknown`. */
export async function getRota(tx: Tx, id: string): Promise<Rota> {
  const at = now();
  const row = await findRota(tx, id, instantText(at), instantText(at.add({ hours: soonDays * 24 })));
  if (!row) throw unknownRota();
  return shown(row, at);
}

export async function getRotas(tx: Tx): Promise<Rota[]> {
  const at = now();
  const rows = await listRotas(tx, instantText(at), instantText(at.add({ hours: soonDays * 24 })));
  return rows.map((row) => shown(row, at));
}

export async function createRota(tx: Tx, actor: Actor, input: NewRota): Promise<Rota> {
  await refuseUnfit(tx, input);
  const id = uuidv7();
  const today = now().toZonedDateTimeISO(input.timeZone).toPlainDate().toString();
  const { name, timeZone, handoverWeekday = 1, handoverTime = "09:00", startsOn = today, memberIds } = input;
  insertRota(tx, id, { name: name.trim(), timeZone, handoverWeekday, handoverTime, startsOn }, memberIds, nowText());
  record(tx, actor, "helpdesk.rota_created", { kind: "rota", id, version: 1 }, { members: memberIds.length });
  return getRota(tx, id);
}

/** What is sent replaces the old whole; another order of members or another start moves everyone's weeks. */
export async function changeRota(
  tx: Tx,
  actor: Actor,
  id: string,
  change: RotaChange,
  expected: number | undefined,
): Promise<Rota> {
  const locked = await lockRota(tx, id);
  if (!locked) throw unknownRota();
  refuseStale(expected, locked.version);
  await refuseUnfit(tx, change);
  const { memberIds, ...fields } = change;
  const before = await getRota(tx, id);
  const version = locked.version + 1;
  updateRota(tx, id, { ...before, ...fields, name: (fields.name ?? before.name).trim(), version }, memberIds);
  record(tx, actor, "helpdesk.rota_changed", { kind: "rota", id, version }, { members: Object.keys(change) });
  return getRota(tx, id);
}

/** Nobody is called by it any more; refused while the escalation rings it. */
export async function archiveRota(tx: Tx, actor: Actor, id: string): Promise<void> {
  const locked = await lockRota(tx, id);
  if (!locked) throw unknownRota();
  if (await isRotaInUse(tx, id)) {
    throw new Refusal("conflict", "rota_in_use", "The escalation rings this rota. Take it out there first.");
  }
  const version = locked.version + 1;
  updateRota(tx, id, { ...(await getRota(tx, id)), version, archivedAt: nowText() }, undefined);
  record(tx, actor, "helpdesk.rota_archived", { kind: "rota", id, version });
}

/** Someone else is on call from one instant to another. */
export async function overrideRota(tx: Tx, actor: Actor, rotaId: string, input: NewOverride): Promise<RotaOverride> {
  const locked = await lockRota(tx, rotaId);
  if (!locked) throw unknownRota();
  const [from, to] = [input.from, input.to].map((text) => instantText(Temporal.Instant.from(text)));
  if (from === undefined || to === undefined || from >= to) {
    throw new Refusal("invalid", "override_ends_first", "An override ends after it begins.");
  }
  await refuseUnfit(tx, { memberIds: [input.staffId] });
  if (await hasOverrideBetween(tx, rotaId, from, to)) {
    throw new Refusal("conflict", "override_overlaps", "Another override covers part of that time. Remove it first.");
  }
  const override = { id: uuidv7(), rotaId, staffId: input.staffId, from, to };
  insertOverride(tx, override);
  raiseRotaVersion(tx, rotaId, locked.version + 1);
  const subject = { kind: "rota", id: rotaId, version: locked.version + 1 };
  record(tx, actor, "helpdesk.rota_overridden", subject, { staffId: input.staffId, from, to });
  return override;
}

export async function endOverride(tx: Tx, actor: Actor, rotaId: string, id: string): Promise<void> {
  const locked = await lockRota(tx, rotaId);
  if (!locked || !(await deleteOverride(tx, rotaId, id))) {
    throw new Refusal("not_found", "override_unknown", "That override does not exist.");
  }
  raiseRotaVersion(tx, rotaId, locked.version + 1);
  const subject = { kind: "rota", id: rotaId, version: locked.version + 1 };
  record(tx, actor, "helpdesk.rota_override_ended", subject, { overrideId: id });
}

const longestDays = 400;

/** The plan between two instants. */
export async function shiftsOf(tx: Tx, id: string, filter: { from: string; to: string }) {
  const [from, to] = [Temporal.Instant.from(filter.from), Temporal.Instant.from(filter.to)];
  const hours = from.until(to, { largestUnit: "hours" }).hours;
  if (hours < 0 || hours > longestDays * 24) {
    throw new Refusal("invalid", "shift_range", `Ask for at most ${longestDays} days, the first before the last.`);
  }
  const rota = await findRota(tx, id, instantText(from), instantText(to));
  if (!rota) throw unknownRota();
  return namedShifts(rota, from, to).map((shift) => ({ ...shift, override: shift.overrideId !== null }));
}

function shown(row: RotaRow, at: Temporal.Instant): Rota {
  const { overrides: _, ...rota } = row;
  return {
    ...rota,
    members: row.members.map(({ id, name, active }) => ({ id, name, active })),
    onCall: onCall(row, at),
  };
}

function onCall(row: RotaRow, at: Temporal.Instant): Rota["onCall"] {
  const staffId = onCallNow(row, at);
  if (staffId === undefined) return null;
  const [shift] = namedShifts(row, at, at.add({ hours: soonDays * 24 }));
  const name = [...row.members, ...row.overrides.map((each) => ({ id: each.staffId, name: each.name }))].find(
    (each) => each.id === staffId,
  )?.name;
  return { staffId, name: name ?? "", until: shift?.to ?? instantText(at), override: shift?.overrideId != null };
}

async function refuseUnfit(tx: Tx, { timeZone, memberIds }: Pick<RotaChange, "timeZone" | "memberIds">): Promise<void> {
  if (timeZone !== undefined && !isZone(timeZone)) {
    throw new Refusal(
      "invalid",
      "time_zone_unknown",
      "There is no such time zone: use an IANA name such as Asia/Shanghai.",
    );
  }
  if (memberIds !== undefined && (await countStaff(tx, memberIds)) !== memberIds.length) {
    throw new Refusal("not_found", "member_unknown", "That member of staff does not exist or is not active.");
  }
}

/** An offset such as "+08:00" is no zone: it knows no daylight saving. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    now().toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

function unknownRota(): Refusal {
  return new Refusal("not_found", "rota_unknown", "That rota does not exist.");
}
