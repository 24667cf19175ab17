import type { PreparedCalendar } from "../../engines/business-time/index.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { enqueue } from "../../platform/jobs.ts";
import type { Log } from "../../platform/log.ts";
import type { Escalation } from "./api-calls.ts";
import { type FirstTurn, saveFirstTurn } from "./call-chain.sql.ts";
import type { CallParts } from "./call-parts.ts";
import { nextCall, type Progress } from "./call-plan.ts";
import { handOver, settle } from "./deliver-call.ts";
import { commitWithoutWaiting, type Outgoing } from "./deliveries.sql.ts";
import { paceOf } from "./escalation-policy.ts";

/** How a chain rings: the provider's escalation, and the hours that a ticket of its priority waits for, if it does. */
export interface Pacing {
  policy: Escalation;
  hours: PreparedCalendar | undefined;
}

/** A chain whose calls of the first turn are claimed by this process. */
export interface ClaimedTurn extends Pacing {
  chain: { id: string; ticketId: string; beganAt: string };
  calls: readonly Outgoing[];
  at: string;
}

/**
 * Hands the claimed calls over. The last to come back ends the turn: if this process dies before, the job of the turn
 * begins it again when the claims have run out.
 */
export async function handOverFirstTurn(parts: CallParts, tenantId: string, turn: ClaimedTurn): Promise<void> {
  const { calls, at, chain } = turn;
  const rung = { ...chain, turn: 1, step: 0, repeats: 0, stepRungAt: at, rungAt: at };
  let waiting = calls.length;
  const handOne = async (call: Outgoing) => {
    const outcome = await handOver(parts, tenantId, call, at);
    waiting -= 1;
    const isLast = waiting === 0;
    await parts.db.asTenant(tenantId, async (tx) => {
      // What is lost with the database is done again: the job of this turn is still there.
      commitWithoutWaiting(tx);
      settle(tx, call, outcome, nowText());
      if (isLast) scheduleTurn(tx, rung, turn, saveFirstTurn);
    });
  };
  await Promise.all(calls.map(handOne));
}

/** Saves the chain with the time of its next turn, and makes that turn's job. */
export function scheduleTurn<C extends Progress & Pick<FirstTurn, "id" | "ticketId"> & { turn: number }>(
  tx: Tx,
  chain: C,
  { policy, hours }: Pacing,
  save: (tx: Tx, chain: C & { nextAt: string | null }) => void,
): void {
  const nextAt = nextCall(chain, paceOf(policy), hours)?.at ?? null;
  save(tx, { ...chain, nextAt });
  if (nextAt === null) return;
  const { id: chainId, ticketId, turn } = chain;
  enqueue(tx, "helpdesk.ring", { tenantId: tx.tenantId, ticketId, chainId, turn }, { runAt: nextAt });
}

/** More than this under way at once is left to the workers. */
const mostUnderWay = 100;

let ringHere: ((tenantId: string, turn: Promise<ClaimedTurn>) => void) | undefined;
let underWay = new Set<Promise<void>>();

/** Lets this process hand the first calls of a ticket over as soon as the ticket is committed, without waiting for a worker. */
export function startFirstTurnsOf(parts: CallParts, log: Log): { stop(): Promise<void> } {
  const present = new Set<Promise<void>>();
  underWay = present;
  ringHere = (tenantId, turn) => {
    const handed = turn
      .then((claimed) => handOverFirstTurn(parts, tenantId, claimed))
      .catch((error) => log.warn({ err: error }, "a first call was not handed over; its job does it in seconds"))
      .finally(() => present.delete(handed));
    present.add(handed);
  };
  return {
    async stop() {
      ringHere = undefined;
      await Promise.all(present);
    },
  };
}

/** Whether this process hands first calls over, and has room for one more. */
export function canRingHere(): boolean {
  return ringHere !== undefined && underWay.size < mostUnderWay;
}

/** After the commit, and without making the caller wait. */
export function ringAfterCommit(tx: Tx, chainId: string, turn: () => Promise<ClaimedTurn>): void {
  tx.afterCommit(`ring ${chainId}`, () => ringHere?.(tx.tenantId, turn()));
}
