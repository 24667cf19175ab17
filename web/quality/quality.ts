import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MemberQuality, ServiceQuality, TeamQuality } from "../../src/modules/quality/api.ts";
import { get } from "../app/api.ts";

export const periods = [30, 90, 365] as const;
export type Period = (typeof periods)[number];

/** Whole days ending today, as the provider's calendar counts them: its today may be another than the reader's. */
function daysBack(period: Period, zone: string): { from: string; to: string } {
  const [year = 0, month = 1, day = 1] = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" })
    .format()
    .split("-")
    .map(Number);
  const dayBefore = (days: number) => new Date(Date.UTC(year, month - 1, day - days)).toISOString().slice(0, 10);
  return { from: dayBefore(period - 1), to: dayBefore(0) };
}

export const myQualityQuery = (period: Period, zone: string) =>
  queryOptions({
    queryKey: ["quality", "me", period],
    queryFn: ({ signal }) => get<MemberQuality>("/members/me/quality", daysBack(period, zone), signal),
    placeholderData: keepPreviousData,
  });

export const teamQualityQuery = (period: Period, zone: string) =>
  queryOptions({
    queryKey: ["quality", "team", period],
    queryFn: ({ signal }) => get<TeamQuality>("/team-quality", daysBack(period, zone), signal),
    placeholderData: keepPreviousData,
  });

export const serviceQualityQuery = (period: Period, zone: string, siteId?: string) =>
  queryOptions({
    queryKey: ["quality", "service", period, siteId],
    queryFn: ({ signal }) => get<ServiceQuality>("/service-quality", { ...daysBack(period, zone), siteId }, signal),
    placeholderData: keepPreviousData,
  });
