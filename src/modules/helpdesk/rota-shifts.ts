/** A rota as its rotation needs it: weeks that begin at a local time of a weekday, taken in turn. */
export interface Rotation {
  timeZone: string;
  /** 1 is Monday. */
  handoverWeekday: number;
  /** `HH:MM` */
  handoverTime: string;
  /** `YYYY-MM-DD`: the first member has the week in which the handover on or before this day begins. */
  startsOn: string;
  members: readonly string[];
}

export interface Override {
  id: string;
  staffId: string;
  fromAt: string;
  toAt: string;
}

export interface Shift {
  staffId: string;
  from: string;
  to: string;
  /** Set when an override put this person there. */
  overrideId: string | null;
}

/** Whose week it is at an instant, before overrides, and its place in the order; undefined in a rota without members. */
export function memberAt(rotation: Rotation, at: Temporal.Instant): { position: number; staffId: string } | undefined {
  const week = weekAt(rotation, at);
  const staffId = rotation.members[week.position];
  return staffId === undefined ? undefined : { position: week.position, staffId };
}

/** Who is on call when, from `from` to `to`, in order and without gaps; neighbouring shifts of one cause are one. */
export function shiftsBetween(
  rotation: Rotation,
  overrides: readonly Override[],
  from: Temporal.Instant,
  to: Temporal.Instant,
): Shift[] {
  const shifts: Shift[] = [];
  let at = from;
  while (Temporal.Instant.compare(at, to) < 0) {
    const week = weekAt(rotation, at);
    const override = overrides.find((each) => covers(each, at));
    const boundaries = [to, override ? Temporal.Instant.from(override.toAt) : week.ends];
    if (!override) for (const each of overrides) boundaries.push(Temporal.Instant.from(each.fromAt));
    const ends = boundaries.filter((each) => Temporal.Instant.compare(each, at) > 0).reduce(earlier);
    const staffId = override?.staffId ?? rotation.members[week.position];
    const overrideId = override?.id ?? null;
    const last = shifts.at(-1);
    if (staffId !== undefined) {
      if (last && last.staffId === staffId && last.overrideId === overrideId && last.to === text(at))
        last.to = text(ends);
      else shifts.push({ staffId, from: text(at), to: text(ends), overrideId });
    }
    at = ends;
  }
  return shifts;
}

/** The override that holds at an instant. */
export function overrideAt(overrides: readonly Override[], at: Temporal.Instant): Override | undefined {
  return overrides.find((each) => covers(each, at));
}

function covers(override: Override, at: Temporal.Instant): boolean {
  return Temporal.Instant.compare(override.fromAt, at) <= 0 && Temporal.Instant.compare(override.toAt, at) > 0;
}

/**
 * The week that an instant lies in. Weeks are counted in local dates, so that one with a change of clocks is an hour longer
 * or shorter, and the handover stays at its local time.
 */
function weekAt(rotation: Rotation, at: Temporal.Instant): { position: number; ends: Temporal.Instant } {
  const { timeZone, handoverWeekday, startsOn, members } = rotation;
  let begins = handoverOnOrBefore(at.toZonedDateTimeISO(timeZone).toPlainDate(), handoverWeekday);
  if (Temporal.Instant.compare(handover(rotation, begins), at) > 0) begins = begins.subtract({ days: 7 });
  const first = handoverOnOrBefore(Temporal.PlainDate.from(startsOn), handoverWeekday);
  const weeks = first.until(begins, { largestUnit: "days" }).days / 7;
  const count = Math.max(members.length, 1);
  return { position: ((weeks % count) + count) % count, ends: handover(rotation, begins.add({ days: 7 })) };
}

function handoverOnOrBefore(date: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  return date.subtract({ days: (date.dayOfWeek - weekday + 7) % 7 });
}

function handover({ handoverTime, timeZone }: Rotation, date: Temporal.PlainDate): Temporal.Instant {
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(handoverTime) }).toInstant();
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) <= 0 ? a : b;
}

function text(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}
