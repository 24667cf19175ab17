import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { findStaff, findTenant } from "../identity/index.ts";
import type { MemberFigures, MemberQuality, PeriodQuery, PromiseFigures, TeamQuality, WeekFigures } from "./api.ts";
import { judgePromise, judgeRatings, noRatings } from "./judge-ratings.ts";
import {
  findHelped,
  findMemberRows,
  findMemberWeeks,
  findRemarks,
  findTypicalResolved,
  type MemberRow,
} from "./member-figures.sql.ts";
import { monthsOf, readPeriod, weeksOf } from "./read-period.ts";
import { averageScopeRatings } from "./service-figures.sql.ts";

/** An engineer's work, load, and what was said of it. Two round trips: who and when, then all figures at once. */
export async function getMemberQuality(
  tx: Tx,
  actor: Actor,
  idOrMe: string,
  query: PeriodQuery,
): Promise<MemberQuality> {
  const memberId = idOrMe === "me" ? actor.id : idOrMe;
  const [{ timeZone }, member] = await Promise.all([findTenant(tx), findStaff(tx, memberId)]);
  if (actor.kind !== "staff" || !member) {
    throw new Refusal("not_found", "member_unknown", "That member of staff does not exist.");
  }
  requireRight(actor, memberId);
  const period = readPeriod(query, timeZone);
  const weeks = weeksOf(period);
  const [rows, typicalResolved, weekRows, remarks, helped] = await Promise.all([
    findMemberRows(tx, period, memberId),
    findTypicalResolved(tx, period),
    findMemberWeeks(tx, period, weeks, memberId),
    findRemarks(tx, period, memberId),
    findHelped(tx, period, memberId),
  ]);
  const [row] = rows;
  if (!row) throw new Error(`member ${memberId} vanished`);
  const figures = figuresOf(row);
  return {
    from: period.from,
    to: period.to,
    timeZone,
    asOf: nowText(),
    ...figures,
    load: { ...figures.load, typicalResolved },
    helped,
    weeks: weeks.map(({ startsOn }, index): WeekFigures => {
      const { week: _, ...happened } = weekRows.find(({ week }) => week === index + 1) ?? { ...quietWeek, week: 0 };
      return { startsOn, ...happened };
    }),
    remarks,
  };
}

const everything = { everything: true, customerIds: [], siteIds: [], withConfidential: true };

/** The headline figures of every engineer side by side, and of all together. */
export async function getTeamQuality(tx: Tx, query: PeriodQuery): Promise<TeamQuality> {
  const { timeZone } = await findTenant(tx);
  const period = readPeriod(query, timeZone);
  const [rows, averages] = await Promise.all([
    findMemberRows(tx, period),
    averageScopeRatings(tx, everything, period, monthsOf(period)),
  ]);
  const { from, to } = period;
  const items = rows.map(figuresOf);
  const all = averages.find((row) => row.siteId === null && row.month === null && row.byContact === null);
  return {
    from,
    to,
    timeZone,
    asOf: nowText(),
    team: { ratings: judgeRatings(all ?? noRatings), promises: addPromises(items) },
    items,
    next: null,
  };
}

function addPromises(items: readonly MemberFigures[]): PromiseFigures[] {
  const sumOf = (target: PromiseFigures["target"], part: "met" | "breached") =>
    items.reduce((sum, item) => sum + (item.promises.find((each) => each.target === target)?.[part] ?? 0), 0);
  const targets = ["response", "restore", "resolve"] as const;
  return targets.map((target) => judgePromise(target, sumOf(target, "met"), sumOf(target, "breached")));
}

const quietWeek = { resolved: 0, minutes: 0, ratingCount: 0, overall: null };

function requireRight(actor: Actor, memberId: string): void {
  if (actor.permissions.has("quality.read")) return;
  if (memberId === actor.id && actor.permissions.has("quality.read_own")) return;
  throw new Refusal("forbidden", "right_missing", 'This needs the right "quality.read", which you do not have.');
}

function figuresOf(row: MemberRow): MemberFigures {
  const { id, name, active, open, resolved, visits, ratingCount, ...rest } = row;
  return {
    member: { id, name, active },
    load: {
      open,
      resolved,
      visits,
      minutes: { remote: rest.remote, on_site: rest.onSite, travel: rest.travel },
    },
    promises: [
      judgePromise("response", rest.responseMet, rest.responseBreached),
      judgePromise("restore", rest.restoreMet, rest.restoreBreached),
      judgePromise("resolve", rest.resolveMet, rest.resolveBreached),
    ],
    ratings: judgeRatings({ ...rest, count: ratingCount }),
  };
}
