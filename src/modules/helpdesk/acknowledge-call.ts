import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { permissionsOf } from "../identity/index.ts";
import type { Notification } from "./api-calls.ts";
import { findCallee } from "./callees.sql.ts";
import { changeTicketState } from "./change-ticket-state.ts";
import { noteAnswered } from "./notifications.sql.ts";
import { findNotification } from "./notifications-list.sql.ts";

/**
 * Answers a call: takes its ticket, as the ticket's own verb does. When it has been taken already, by whomever, nothing
 * changes and the call says so; a warning then has been noticed.
 */
export async function acknowledgeCall(tx: Tx, actor: Actor, notificationId: string): Promise<Notification> {
  const call = await getCall(tx, notificationId);
  try {
    await changeTicketState(tx, actor, call.ticketId, { verb: "acknowledge", body: {} });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "wrong_state") throw error;
    if (call.reason === "due_soon") noteAnswered(tx, notificationId, nowText());
  }
  return getCall(tx, notificationId);
}

async function getCall(tx: Tx, id: string): Promise<Notification> {
  const call = await findNotification(tx, id);
  if (!call) throw new Refusal("not_found", "notification_unknown", "That notification does not exist.");
  return call;
}

/** Who is called, as the one who acts by the link in that call; undefined when they are no longer active. */
export async function calleeOf(tx: Tx, notificationId: string): Promise<Actor | undefined> {
  const staff = await findCallee(tx, notificationId);
  if (!staff) return undefined;
  return { ...staff, kind: "staff", tenantId: tx.tenantId, permissions: permissionsOf(staff.roles), via: "link" };
}
