import type { Config } from "../../platform/config.ts";
import type { Database } from "../../platform/db.ts";
import { defineJob, type Job } from "../../platform/jobs.ts";
import type { Log } from "../../platform/log.ts";
import { type CallParts, openCalls } from "./call-parts.ts";
import { Deliver, deliverCall, giveUpCall } from "./deliver-call.ts";
import { startFirstTurnsOf } from "./first-turn.ts";
import { Ring, ring, ringFirst } from "./ring-job.ts";

/** The ringing, and the handing over of each call. */
export async function callJobs(installation: { config: Config; db: Database }): Promise<Job[]> {
  return callJobsOf(await openCalls(installation));
}

/** First calls are handed over by the process that opened the ticket, until stopped. */
export async function startFirstTurns(installation: { config: Config; db: Database }, log: Log) {
  return startFirstTurnsOf(await openCalls(installation), log);
}

export function callJobsOf(parts: CallParts): Job[] {
  return [
    defineJob("helpdesk.ring", Ring, async (turn) => {
      if (turn.turn === 0 && (await ringFirst(parts, turn))) return;
      await parts.db.asTenant(turn.tenantId, (tx) => ring(tx, turn));
    }),
    defineJob("helpdesk.deliver", Deliver, async (call, attempt) => {
      try {
        await deliverCall(parts, call);
      } catch (error) {
        if (attempt.last) await giveUpCall(parts, call);
        throw error;
      }
    }),
  ];
}
