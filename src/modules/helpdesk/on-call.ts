import { memberAt, type Override, overrideAt, type Rotation, type Shift, shiftsBetween } from "./rota-shifts.ts";
import type { RotaRow } from "./rotas.sql.ts";

export function rotationOf(rota: RotaRow): Rotation {
  return { ...rota, members: rota.members.map((member) => member.id) };
}

/**
 * Whom a rota rings at an instant: an override's person, else the member whose week it is. Who is inactive or on leave is
 * passed over for the next in order, so that a forgotten override does not leave a night without anyone.
 */
export function onCallNow(rota: RotaRow, at: Temporal.Instant): string | undefined {
  const override = overrideAt(rota.overrides, at);
  const standsIn = rota.overrides.find((each) => each.id === override?.id);
  if (standsIn?.active) return standsIn.staffId;
  const turn = memberAt(rotationOf(rota), at);
  if (!turn) return undefined;
  const inOrder = [...rota.members.slice(turn.position), ...rota.members.slice(0, turn.position)];
  return inOrder.find((member) => member.active && !member.away)?.id;
}

/** The shifts as planned, with names. */
export function namedShifts(rota: RotaRow, from: Temporal.Instant, to: Temporal.Instant): (Shift & { name: string })[] {
  const names = new Map(
    [...rota.members, ...rota.overrides.map((each) => ({ id: each.staffId, name: each.name }))].map((each) => [
      each.id,
      each.name,
    ]),
  );
  const overrides: Override[] = rota.overrides;
  return shiftsBetween(rotationOf(rota), overrides, from, to).map((shift) => ({
    ...shift,
    name: names.get(shift.staffId) ?? "",
  }));
}
