import { Type } from "typebox";
import type { Database } from "../../platform/db.ts";
import { defineJob, type Job } from "../../platform/jobs.ts";
import { reviseJob } from "./revise-promise.ts";
import { closeResolved, resumeTicket, sweepDueClocks } from "./sweep-clocks.ts";
import { warnOfDueClocks } from "./warn-due-soon.ts";

/** Work that a ticket asked to be done later. */
export function ticketJobs(db: Database): Job[] {
  const Resume = Type.Object({ tenantId: Type.String(), ticketId: Type.String(), pauseId: Type.String() });
  return [
    defineJob("helpdesk.resume", Resume, ({ tenantId, ticketId, pauseId }) =>
      resumeTicket(db, tenantId, ticketId, pauseId),
    ),
    reviseJob(db),
  ];
}

/** Looks that every worker takes again and again; two at once do no harm. */
export function ticketSweeps(db: Database) {
  return [
    { name: "helpdesk.due_clocks", everySeconds: 5, run: () => sweepDueClocks(db) },
    { name: "helpdesk.due_soon", everySeconds: 15, run: () => warnOfDueClocks(db) },
    { name: "helpdesk.close_resolved", everySeconds: 60, run: () => closeResolved(db) },
  ];
}
