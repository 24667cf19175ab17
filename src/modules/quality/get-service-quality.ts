import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { findTenant } from "../identity/index.ts";
import type { PromiseFigures, ServiceQuality, ServiceQualityQuery } from "./api.ts";
import { judgePromise, judgeRatings, noRatings, shareOf } from "./judge-ratings.ts";
import { monthsOf, readPeriod } from "./read-period.ts";
import { averageScopeRatings, countScopeClocks, countScopeTickets } from "./service-figures.sql.ts";
import { findScopeSites } from "./service-scope.sql.ts";
import { readScope } from "./service-scope.ts";

const siteLimit = 500;
const targets: readonly PromiseFigures["target"][] = ["response", "restore", "resolve"];
const noTickets = { opened: 0, resolved: 0, open: 0 };

/** How good the service was: for everything, a customer or a site, by month and by site. */
export async function getServiceQuality(tx: Tx, actor: Actor, query: ServiceQualityQuery): Promise<ServiceQuality> {
  const [{ timeZone }, scope] = await Promise.all([findTenant(tx), readScope(tx, actor, query)]);
  const period = readPeriod(query, timeZone);
  const months = monthsOf(period);
  const [tickets, clocks, ratings, sites] = await Promise.all([
    countScopeTickets(tx, scope, period, months),
    countScopeClocks(tx, scope, period, months),
    averageScopeRatings(tx, scope, period, months),
    findScopeSites(tx, scope, siteLimit + 1),
  ]);
  const met = (rows: typeof clocks) => rows.reduce((sum, row) => sum + row.met, 0);
  const breached = (rows: typeof clocks) => rows.reduce((sum, row) => sum + row.breached, 0);
  const kept = (rows: typeof clocks) => shareOf(met(rows), met(rows) + breached(rows));
  const byTarget = clocks.filter((row) => row.target !== null);
  const ticketsBySite = bySite(tickets);
  const clocksBySite = bySite(clocks);
  const ratingsBySite = bySite(ratings);
  const group = (byContact: boolean) => {
    const row = ratings.find((each) => each.byContact === byContact) ?? noRatings;
    return { count: row.count, overall: row.overall, csat: shareOf(row.satisfied, row.count) };
  };
  const all = ratings.find((row) => row.siteId === null && row.month === null && row.byContact === null);
  return {
    from: period.from,
    to: period.to,
    timeZone,
    asOf: nowText(),
    tickets: [...ticketsBySite.values()].reduce(
      (sum, row) => ({
        opened: sum.opened + row.opened,
        resolved: sum.resolved + row.resolved,
        open: sum.open + row.open,
      }),
      noTickets,
    ),
    promises: targets.map((target) => {
      const rows = byTarget.filter((row) => row.target === target);
      return judgePromise(target, met(rows), breached(rows));
    }),
    attainment: kept(byTarget),
    ratings: { ...judgeRatings(all ?? noRatings), byContacts: group(true), byUsers: group(false) },
    months: months.map(({ startsOn }, index) => {
      const isThis = (row: { siteId: string | null; month: number | null }) =>
        row.siteId === null && row.month === index + 1;
      const rows = clocks.filter(isThis);
      const rated = ratings.find(isThis) ?? noRatings;
      return {
        month: startsOn.slice(0, 7),
        opened: tickets.find(isThis)?.opened ?? 0,
        promisesMet: met(rows),
        promisesBreached: breached(rows),
        attainment: kept(rows),
        ratingCount: rated.count,
        overall: rated.overall,
      };
    }),
    sites: sites.slice(0, siteLimit).flatMap(({ archived, ...site }) => {
      const { opened, open } = ticketsBySite.get(site.siteId) ?? noTickets;
      const { met, breached } = clocksBySite.get(site.siteId) ?? { met: 0, breached: 0 };
      const { count: ratingCount, overall } = ratingsBySite.get(site.siteId) ?? noRatings;
      if (archived && opened + open + met + breached + ratingCount === 0) return [];
      const attainment = shareOf(met, met + breached);
      return [{ ...site, open, opened, met, breached, attainment, ratingCount, overall }];
    }),
    moreSites: sites.length > siteLimit,
  };
}

function bySite<R extends { siteId: string | null }>(rows: readonly R[]): ReadonlyMap<string, R> {
  return new Map(rows.flatMap((row) => (row.siteId === null ? [] : [[row.siteId, row]])));
}
