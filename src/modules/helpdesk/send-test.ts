import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import { type Delivery, type Destination, deliver } from "../../platform/delivery/index.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import type { TestOutcome } from "./api-calls.ts";
import { testMessage } from "./call-message.ts";
import { type CallParts, gatewayKindOf } from "./call-parts.ts";
import { activeGateway, findContactPoint } from "./contact-points.sql.ts";
import { unknownContactPoint } from "./contact-points.ts";
import { noteHealth } from "./deliveries.sql.ts";
import { gatewaysOf, openDestination } from "./destinations.ts";

/** "Send me a test": really hands a message over while the caller waits, and notes how it went. */
export async function testContactPoint(parts: CallParts, actor: Actor, id: string): Promise<TestOutcome> {
  const { tenantId } = actor;
  const { point, gateway } = await parts.db.asTenant(tenantId, async (tx) => {
    const found = await findContactPoint(tx, id);
    if (!found) throw unknownContactPoint();
    if (found.channel === "in_app") throw unknownContactPoint();
    const kind = gatewayKindOf(found.channel);
    return { point: found, gateway: kind ? await activeGateway(tx, kind) : null };
  });
  const destination = openDestination(parts, tenantId, point);
  const delivery = await sendTest(parts, actor, destination, gateway);
  const { outcome, detail } = testOutcome(delivery);
  const health = detail === null ? null : { failingSince: nowText(), lastError: detail, active: outcome !== "gone" };
  if (health !== null || point.failingSince !== null) {
    await parts.db.asTenant(tenantId, async (tx) => noteHealth(tx, id, health));
  }
  return testOutcome(delivery);
}

export function sendTest(
  parts: CallParts,
  { tenantId, locale }: Actor,
  destination: Destination,
  ownGateway: string | null,
): Promise<Delivery> {
  const gateways = gatewaysOf(parts, tenantId, destination.channel, ownGateway);
  return deliver(destination, testMessage(parts, uuidv7(), locale), gateways);
}

export function testOutcome(delivery: Delivery): TestOutcome {
  const { outcome } = delivery;
  if (outcome === "delivered_to_service") return { state: "sent", outcome, detail: null };
  return { state: "failed", outcome, detail: delivery.detail };
}
