import { queryOptions } from "@tanstack/react-query";
import type { Static } from "typebox";
import type { DeviceCode } from "../../src/modules/devices/api.ts";
import type {
  OpenReports,
  ReportByCode,
  ReportReceipt,
  OwnReport as SentReport,
} from "../../src/modules/helpdesk/api.ts";
import { get, post, upload } from "../app/api.ts";

export type OwnReport = Static<typeof SentReport>;

/** What the label on a device says to someone who is not signed in. */
export const deviceCodeQuery = (code: string) =>
  queryOptions({
    queryKey: ["devices", "code", code],
    queryFn: ({ signal }) => get<DeviceCode>(`/device-codes/${encodeURIComponent(code)}`, {}, signal),
    staleTime: 300_000,
  });

/** What is already being worked on at the device, so that nobody has to report it twice. */
export const openReportsQuery = (code: string) =>
  queryOptions({
    queryKey: ["helpdesk", "open-reports", code],
    queryFn: ({ signal }) =>
      get<Static<typeof OpenReports>>(`/device-codes/${encodeURIComponent(code)}/open-reports`, {}, signal),
  });

/** Opening the link makes the browser the visitor: from then on the ticket's own addresses answer. */
export const ownReportQuery = (token: string) =>
  queryOptions({
    queryKey: ["helpdesk", "own-report", token],
    queryFn: ({ signal }) => get<OwnReport>(`/visitor-reports/${encodeURIComponent(token)}`, {}, signal),
    // The stream brings news at once; this is for phones that were asleep.
    refetchInterval: 30_000,
    refetchOnWindowFocus: true,
    staleTime: 0,
  });

export const sendReport = (code: string, report: ReportByCode) =>
  post<ReportReceipt>(`/device-codes/${encodeURIComponent(code)}/reports`, report);

export const sendPhoto = (ticketId: string, photo: File) =>
  upload<unknown>(`/tickets/${ticketId}/attachments`, photo, photo.name);

export interface Reporter {
  name: string;
  phone: string;
  email: string;
}

const reporterKey = "mainstay.reporter";
const reportsKey = "mainstay.reports";

/** Who reported from this phone last time; typing it once is enough. */
export function rememberedReporter(): Reporter {
  const empty = { name: "", phone: "", email: "" };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(reporterKey) ?? "null");
    if (typeof kept !== "object" || kept === null) return empty;
    const text = (name: keyof Reporter) => {
      const value: unknown = Reflect.get(kept, name);
      return typeof value === "string" ? value : "";
    };
    return { name: text("name"), phone: text("phone"), email: text("email") };
  } catch {
    return empty;
  }
}

export function rememberReport(reporter: Reporter, code: string, token: string): void {
  try {
    localStorage.setItem(reporterKey, JSON.stringify(reporter));
    localStorage.setItem(reportsKey, JSON.stringify({ ...rememberedReports(), [code]: { token, at: Date.now() } }));
  } catch {
    // Without storage the link in the address bar is the only one; the page says so.
  }
}

/** The own report on this device, if one was sent from this phone in the last week. */
export function rememberedReport(code: string): string | undefined {
  const kept = rememberedReports()[code];
  return kept && Date.now() - kept.at < 7 * 86_400_000 ? kept.token : undefined;
}

function rememberedReports(): Record<string, { token: string; at: number }> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(reportsKey) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).flatMap(([code, value]: [string, unknown]) => {
        if (typeof value !== "object" || value === null) return [];
        const token: unknown = Reflect.get(value, "token");
        const at: unknown = Reflect.get(value, "at");
        return typeof token === "string" && typeof at === "number" ? [[code, { token, at }]] : [];
      }),
    );
  } catch {
    return {};
  }
}
