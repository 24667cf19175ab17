import { createCustomer, createPerson, createSite } from "../modules/customers/index.ts";
import { createDevice } from "../modules/devices/index.ts";
import { openTicket } from "../modules/helpdesk/index.ts";
import { addProvider } from "../modules/identity/index.ts";
import type { Database } from "../platform/db.ts";
import { nextNumber } from "../platform/number-blocks.ts";

/** A second, small provider beside the demo's: what it has, nobody of the first may ever see. */
export async function buildForeignProvider(db: Database, tenantId: string): Promise<void> {
  await db.asTenant(tenantId, async (tx) => {
    const { actor } = await addProvider(tx, {
      providerName: "Coldbrook Computing",
      locale: "en",
      timeZone: "Europe/London",
      currency: "GBP",
      ownerName: "Ruth Ashdown",
      ownerEmail: "ruth@coldbrook.example",
    });
    const customer = await createCustomer(tx, actor, {
      name: "Millrace Bakery",
      deployment: "saas",
      lifecycle: "active",
      emailDomains: ["millrace.example"],
    });
    const site = await createSite(tx, actor, {
      customerId: customer.id,
      name: "Bakery and shop",
      address: "4 Weir Lane, Bath",
      latitude: 51.3811,
      longitude: -2.359,
    });
    const device = await createDevice(tx, actor, {
      siteId: site.id,
      name: "Till 1",
      type: "till",
      model: "Counter C3",
    });
    const person = await createPerson(tx, actor, {
      name: "Tom Pryce",
      email: "tom@millrace.example",
      affiliations: [{ customerId: customer.id, role: "contact" }],
    });
    for (const subject of [
      "Till prints receipts twice",
      "Oven timer lost its network",
      "New starter needs an account",
    ]) {
      const asked = { subject, siteId: site.id, requesterId: person.id, deviceId: device.id };
      await openTicket(tx, actor, asked, { channel: "phone" }, (prefix) => nextNumber(db, tenantId, prefix));
    }
  });
}
