import type { TFunction } from "i18next";
import type { Ticket } from "../../src/modules/helpdesk/api.ts";
import type { ProgressStep } from "../app/progress-line.tsx";

type Milestones = Pick<
  Ticket,
  "state" | "openedAt" | "acknowledgedAt" | "departedAt" | "arrivedAt" | "resolvedAt" | "closedAt" | "cancelledAt"
>;

/** How far a ticket has come, as a parcel's line: reported, seen, on the way, on site, solved, rated. */
export function ticketProgress(ticket: Milestones, rated: boolean, t: TFunction<"helpdesk">): ProgressStep[] {
  const solved = ticket.state === "resolved" || ticket.state === "closed";
  const milestones: { key: "reported" | "seen" | "onTheWay" | "onSite" | "solved"; at: string | null }[] = [
    { key: "reported", at: ticket.openedAt },
    { key: "seen", at: ticket.acknowledgedAt },
    { key: "onTheWay", at: ticket.departedAt },
    { key: "onSite", at: ticket.arrivedAt },
    { key: "solved", at: solved ? ticket.resolvedAt : null },
  ];
  const reached = milestones.findLastIndex(({ at }) => at !== null);
  const steps = milestones
    // Solved from afar: nobody drove, so the line does not claim that a step is missing.
    .filter(({ key, at }, index) => at !== null || index > reached || key === "seen")
    .map(({ key, at }, index, shown): ProgressStep => {
      const last = shown.findLastIndex((each) => each.at !== null);
      const here = index === last && !solved && ticket.state !== "cancelled";
      const state = here ? "current" : index <= last ? "done" : "ahead";
      return { key, label: t(`step.${key}`), at, state };
    });
  if (ticket.state === "cancelled") {
    const done = steps.filter((step) => step.state === "done");
    return [...done, { key: "cancelled", label: t("step.cancelled"), at: ticket.cancelledAt, state: "failed" }];
  }
  const current = solved && !rated ? "current" : rated ? "done" : "ahead";
  return [...steps, { key: "rated", label: t("step.rated"), state: current }];
}
