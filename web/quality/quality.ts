import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MemberQuality, ServiceQuality, TeamQuality } from "../../src/modules/quality/api.ts";
import { get } from "../app/api.ts";

export const periods = [30, 90, 365] as const;
export type Period = (typeof periods)[number];

/** Whole days ending today, as the provider's calendar counts them. */
function daysBack(period: Period): { from: string; to: string } {
  const day = (offset: number) => new Date(Date.now() - offset * 86_400_000).toISOString().slice(0, 10);
  return { from: day(period - 1), to: day(0) };
}

export const myQualityQuery = (period: Period) =>
  queryOptions({
    queryKey: ["quality", "me", period],
    queryFn: ({ signal }) => get<MemberQuality>("/members/me/quality", daysBack(period), signal),
    placeholderData: keepPreviousData,
  });

export const teamQualityQuery = (period: Period) =>
  queryOptions({
    queryKey: ["quality", "team", period],
    queryFn: ({ signal }) => get<TeamQuality>("/team-quality", daysBack(period), signal),
    placeholderData: keepPreviousData,
  });

export const serviceQualityQuery = (period: Period, siteId?: string) =>
  queryOptions({
    queryKey: ["quality", "service", period, siteId],
    queryFn: ({ signal }) => get<ServiceQuality>("/service-quality", { ...daysBack(period), siteId }, signal),
    placeholderData: keepPreviousData,
  });
