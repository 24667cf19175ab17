import { Check } from "typebox/value";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Destination, SmsGateway, SmtpGateway } from "../../platform/delivery/index.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { refuseStale } from "../../platform/versions.ts";
import type { Gateway, GatewayKind, SaveGateway, TestOutcome } from "./api-calls.ts";
import { type CallParts, seal, unseal } from "./call-parts.ts";
import { purposeOf } from "./destinations.ts";
import {
  deleteGateway,
  findGateway,
  type GatewayRow,
  lockGateway,
  noteGateway,
  saveGatewayRow,
} from "./gateways.sql.ts";
import { addressOf, hasMasks, restoreSecrets, withoutSecrets } from "./masked-settings.ts";
import { sendTest, testOutcome } from "./send-test.ts";

/** The way out of a kind: the provider's own, else the installation's, of which only its being there is told. */
export async function getGateway(tx: Tx, parts: CallParts, kind: GatewayKind): Promise<Gateway> {
  const own = await findGateway(tx, kind);
  if (own) {
    const { sealed: _, shown, ...rest } = own;
    return { ...rest, source: "provider", settings: shown };
  }
  const isSetUp = parts.gateways[kind] !== undefined;
  return {
    kind,
    source: isSetUp ? "installation" : "none",
    settings: null,
    active: isSetUp,
    lastError: null,
    version: 0,
  };
}

/** A provider's own gateway. A secret that comes back masked is kept, but only for the address that it was given for. */
export async function saveGateway(
  tx: Tx,
  actor: Actor,
  parts: CallParts,
  kind: GatewayKind,
  input: SaveGateway,
  expected: number | undefined,
): Promise<Gateway> {
  const before = await lockGateway(tx, kind);
  refuseStale(expected, before?.version ?? 0);
  const settings = before ? restored(parts, tx.tenantId, before, input.settings) : input.settings;
  if (!Check(kind === "smtp" ? SmtpGateway : SmsGateway, settings)) {
    throw new Refusal("invalid", "gateway_settings", `These are not the settings of a gateway of kind ${kind}.`);
  }
  if (hasMasks(settings)) throw secretNeeded();
  const version = (before?.version ?? 0) + 1;
  saveGatewayRow(tx, {
    kind,
    sealed: seal(parts, tx.tenantId, purposeOf.gateway(kind), settings),
    shown: withoutSecrets(settings),
    active: input.active ?? true,
    lastError: null,
    version,
  });
  record(tx, actor, "helpdesk.gateway_changed", { kind: "gateway", id: tx.tenantId, version }, { kind });
  return getGateway(tx, parts, kind);
}

/** Back to the installation's. */
export async function removeGateway(tx: Tx, actor: Actor, kind: GatewayKind): Promise<void> {
  const before = await lockGateway(tx, kind);
  if (!before || (await deleteGateway(tx, kind)) === 0) {
    throw new Refusal("not_found", "gateway_unknown", "There is no gateway of your own of this kind.");
  }
  const subject = { kind: "gateway", id: tx.tenantId, version: before.version + 1 };
  record(tx, actor, "helpdesk.gateway_removed", subject, { kind });
}

/** Sends a test to an address through the way out in force, active or not, while the caller waits. */
export async function testGateway(parts: CallParts, actor: Actor, kind: GatewayKind, to: string): Promise<TestOutcome> {
  const destination = { channel: kind === "smtp" ? "email" : "sms", to };
  if (!Check(Destination, destination)) {
    throw new Refusal("invalid", "test_address", "Name one mail address, or one phone number, to send the test to.");
  }
  const own = await parts.db.asTenant(actor.tenantId, (tx) => findGateway(tx, kind));
  const outcome = testOutcome(await sendTest(parts, actor, destination, own?.sealed ?? null));
  if (own) await parts.db.asTenant(actor.tenantId, async (tx) => noteGateway(tx, kind, outcome.detail));
  return outcome;
}

function restored(parts: CallParts, tenantId: string, before: GatewayRow, next: SaveGateway["settings"]): unknown {
  if (!hasMasks(next)) return next;
  const previous = unseal(parts, tenantId, purposeOf.gateway(before.kind), before.sealed);
  // Whoever may change the address must not have the old one's password sent to a server of their own.
  if (addressOf(withoutSecrets(next)) !== addressOf(before.shown)) throw secretNeeded();
  return restoreSecrets(next, before.shown, previous);
}

function secretNeeded(): Refusal {
  return new Refusal(
    "invalid",
    "secret_needed",
    "Enter passwords and keys again: they are kept only for the address they were given for.",
  );
}
