import { type Static, Type } from "typebox";
import { systemActor } from "../../platform/actor.ts";
import { instantText, nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { type Delivery, deliver } from "../../platform/delivery/index.ts";
import { record } from "../../platform/events.ts";
import { enqueue } from "../../platform/jobs.ts";
import { callMessage } from "./call-message.ts";
import type { CallParts } from "./call-parts.ts";
import {
  type Claim,
  claimCalls,
  commitWithoutWaiting,
  heldUntil,
  noteHealth,
  type Outgoing,
  settleCall,
} from "./deliveries.sql.ts";
import { gatewaysOf, openDestination } from "./destinations.ts";
import { isOpen } from "./ticket-states.ts";

export const Deliver = Type.Object({ tenantId: Type.String(), notificationId: Type.String() });
export type Deliver = Static<typeof Deliver>;

/** Longer than a try can take, so that a claim ends only when its holder died. */
const claimMs = 15_000;
const mailClaimMs = 40_000;
const firstRetrySeconds = 5;
const longestRetrySeconds = 600;
const givesUpAfterMs = 72 * 3600 * 1000;

/** Hands one call over, once for each attempt, and decides what follows from the outcome. */
export async function deliverCall(parts: CallParts, { tenantId, notificationId }: Deliver): Promise<void> {
  const at = nowText();
  const [call] = await parts.db.asTenant(tenantId, async (tx) => {
    const claimed = await claim(tx, [notificationId], at);
    if (claimed.length === 0) await lookLater(tx, notificationId);
    return claimed;
  });
  if (!call) return;
  const outcome = await handOver(parts, tenantId, call, at);
  await parts.db.asTenant(tenantId, async (tx) => settle(tx, call, outcome, nowText()));
}

/** Takes calls for one attempt. Who has claimed them hands them over and settles them; else they are free again soon. */
export function claim(tx: Tx, notificationIds: readonly string[], at: string): Promise<Outgoing[]> {
  // Should the database die here, the calls are claimed anew: nothing is lost by not waiting for its disk.
  commitWithoutWaiting(tx);
  return claimCalls(tx, notificationIds, { at, ...claimFrom(at) });
}

export function claimFrom(at: string): Claim {
  return { until: later(at, claimMs), mailUntil: later(at, mailClaimMs) };
}

/** Somebody else has claimed this call, and may have died over it. */
export async function lookLater(tx: Tx, notificationId: string): Promise<void> {
  const runAt = await heldUntil(tx, notificationId);
  if (runAt !== undefined) enqueue(tx, "helpdesk.deliver", { tenantId: tx.tenantId, notificationId }, { runAt });
}

export type Outcome = Delivery | { outcome: "not_needed" };

export async function handOver(parts: CallParts, tenantId: string, call: Outgoing, at: string): Promise<Outcome> {
  const isTaken = call.ticketState !== "new" && call.ticketState !== "assigned";
  if (call.reason === "due_soon" ? !isOpen(call.ticketState) : isTaken) return { outcome: "not_needed" };
  const { channel, sealed, fingerprint } = call;
  if (channel === "in_app" || sealed === null || fingerprint === null || !call.staffActive) {
    return { outcome: "refused", detail: "This contact point was removed or switched off." };
  }
  const destination = openDestination(parts, tenantId, { sealed, fingerprint });
  const gateways = gatewaysOf(parts, tenantId, channel, call.gatewaySealed);
  return deliver(destination, callMessage(parts, tenantId, call, at), gateways);
}

/** Writes down what became of an attempt, and makes the job of the next one if there is to be one. */
export function settle(tx: Tx, call: Outgoing, outcome: Outcome, at: string): void {
  const nothing = { sentAt: null, retryAt: null, lastError: null };
  if (outcome.outcome === "not_needed") {
    settleCall(tx, call.id, { ...nothing, state: "superseded" });
    return;
  }
  if (outcome.outcome === "delivered_to_service") {
    settleCall(tx, call.id, { ...nothing, state: "sent", sentAt: at });
    if (call.contactPointId !== null && call.failingSince !== null) noteHealth(tx, call.contactPointId, null);
    return;
  }
  const retryAt = retryAtOf(call, outcome, at);
  const lastError = outcome.detail;
  settleCall(tx, call.id, { ...nothing, state: retryAt === null ? "failed" : "queued", retryAt, lastError });
  if (retryAt !== null) {
    enqueue(tx, "helpdesk.deliver", { tenantId: tx.tenantId, notificationId: call.id }, { runAt: retryAt });
  } else tellFailure(tx, call);
  if (call.contactPointId === null) return;
  const gone = outcome.outcome === "gone";
  noteHealth(tx, call.contactPointId, { failingSince: at, lastError, active: !gone });
  if (gone) tellGone(tx, call.contactPointId, call);
}

function retryAtOf(call: Outgoing, outcome: Delivery, at: string): string | null {
  if (outcome.outcome !== "try_later") return null;
  const backoff = Math.min(firstRetrySeconds * 2 ** Math.min(call.attempts - 1, 20), longestRetrySeconds);
  const retryAt = later(at, Math.max(backoff, outcome.retryAfterSeconds ?? 0) * 1000);
  return retryAt > later(call.createdAt, givesUpAfterMs) ? null : retryAt;
}

function tellFailure(tx: Tx, call: Outgoing): void {
  const { ticketId, channel } = call;
  const subject = { kind: "notification", id: call.id, version: call.version + 1 };
  record(tx, systemActor(tx.tenantId), "helpdesk.call_failed", subject, { ticketId, channel });
}

function tellGone(tx: Tx, id: string, { contactPointVersion, channel }: Outgoing): void {
  const subject = { kind: "contact_point", id, version: (contactPointVersion ?? 0) + 1 };
  record(tx, systemActor(tx.tenantId), "helpdesk.contact_point_gone", subject, { channel });
}

/** A call whose attempts ended in a defect again and again: it shows as failed instead of waiting for ever. */
export async function giveUpCall(parts: CallParts, { tenantId, notificationId }: Deliver): Promise<void> {
  const lastError = "It could not be handed over because of a defect on our side.";
  await parts.db.asTenant(tenantId, async (tx) =>
    settleCall(tx, notificationId, { state: "failed", sentAt: null, retryAt: null, lastError }),
  );
}

function later(at: string, milliseconds: number): string {
  return instantText(Date.parse(at) + milliseconds);
}
