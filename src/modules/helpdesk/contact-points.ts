import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import { sqlState, type Tx, uniqueViolation } from "../../platform/db.ts";
import type { Destination } from "../../platform/delivery/index.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import { refuseStale } from "../../platform/versions.ts";
import type { ContactPoint, ContactPointChange } from "./api-calls.ts";
import { type CallParts, seal } from "./call-parts.ts";
import {
  type ContactPointRow,
  deleteContactPoint,
  findContactPoint,
  keepContactPoint,
  lockContactPoint,
  ownerOfContactPoint,
  updateContactPoint,
} from "./contact-points.sql.ts";
import { fingerprintOf, purposeOf, shownOf } from "./destinations.ts";
import { findAssignable } from "./state-changes.sql.ts";

/** Whose contact point it would be: one's own, or another's for who keeps the channels. Refuses what is neither. */
export async function getOwner(tx: Tx, actor: Actor, staffId: string | undefined): Promise<string> {
  if (actor.kind !== "staff") throw new Refusal("forbidden", "staff_only", "Only the provider's staff is called.");
  if (staffId === undefined || staffId === actor.id) return actor.id;
  if (!actor.permissions.has("channel.write")) {
    throw new Refusal("forbidden", "right_missing", 'Contact points of others need the right "channel.write".');
  }
  if (!(await findAssignable(tx, staffId))) {
    throw new Refusal("not_found", "member_unknown", "That member of staff does not exist or is not active.");
  }
  return staffId;
}

/** Whether a contact point may be seen: one's own, and everyone's by who may read the channels. */
export async function isContactPointVisible(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  const owner = await ownerOfContactPoint(tx, id);
  if (owner === undefined || actor.kind !== "staff") return false;
  return owner === actor.id || actor.permissions.has("channel.read") || actor.permissions.has("channel.write");
}

export async function addContactPoint(
  tx: Tx,
  actor: Actor,
  parts: CallParts,
  input: { staffId: string; label: string; destination: Destination; active: boolean },
): Promise<ContactPoint> {
  const { id, version } = await keepContactPoint(tx, {
    ...input,
    ...sealed(parts, tx.tenantId, input.destination, input.staffId),
    id: uuidv7(),
    failingSince: null,
    lastError: null,
    version: 1,
    createdAt: nowText(),
  });
  tell(tx, actor, "contact_point_added", id, version, input.destination.channel);
  return getContactPoint(tx, id);
}

/** Changes a contact point. A new destination, or switching it on again, is a new chance: its failures are forgotten. */
export async function changeContactPoint(
  tx: Tx,
  actor: Actor,
  parts: CallParts,
  id: string,
  change: ContactPointChange,
  expected: number | undefined,
): Promise<ContactPoint> {
  const before = await lockContactPoint(tx, id);
  if (!before) throw unknownContactPoint();
  refuseStale(expected, before.version);
  const isRenewed = change.destination !== undefined || (change.active === true && !before.active);
  const after: ContactPointRow = {
    ...before,
    ...(change.destination ? sealed(parts, tx.tenantId, change.destination, before.staffId) : {}),
    label: change.label ?? before.label,
    active: change.active ?? before.active,
    ...(isRenewed ? { failingSince: null, lastError: null } : {}),
    version: before.version + 1,
  };
  try {
    await tx.savepoint(async () => updateContactPoint(tx, after));
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error;
    throw new Refusal("conflict", "contact_point_exists", "This destination is a contact point already.");
  }
  tell(tx, actor, "contact_point_changed", id, after.version, after.channel);
  return getContactPoint(tx, id);
}

export async function removeContactPoint(tx: Tx, actor: Actor, id: string): Promise<void> {
  const before = await lockContactPoint(tx, id);
  if (!before || !(await deleteContactPoint(tx, id))) throw unknownContactPoint();
  tell(tx, actor, "contact_point_removed", id, before.version + 1, before.channel);
}

export async function getContactPoint(tx: Tx, id: string): Promise<ContactPoint> {
  const row = await findContactPoint(tx, id);
  if (!row) throw unknownContactPoint();
  const { sealed: _sealed, fingerprint: _fingerprint, ...contactPoint } = row;
  return contactPoint;
}

export function unknownContactPoint(): Refusal {
  return new Refusal("not_found", "contact_point_unknown", "That contact point does not exist.");
}

function sealed(parts: CallParts, tenantId: string, destination: Destination, staffId: string) {
  const fingerprint = fingerprintOf(destination, staffId);
  return {
    channel: destination.channel,
    fingerprint,
    sealed: seal(parts, tenantId, purposeOf.contactPoint(fingerprint), destination),
    destination: shownOf(destination),
  };
}

function tell(tx: Tx, actor: Actor, what: string, id: string, version: number, channel: string): void {
  record(tx, actor, `helpdesk.${what}`, { kind: "contact_point", id, version }, { channel });
}
