import { isOpen } from "../engines/business-time/index.ts";
import { preparedCalendar } from "../modules/calendars/index.ts";
import { openTicket } from "../modules/helpdesk/index.ts";
import { permissionsOf } from "../modules/identity/index.ts";
import type { Actor } from "../platform/actor.ts";
import { now } from "../platform/clock.ts";
import type { Database } from "../platform/db.ts";
import { nextNumber } from "../platform/number-blocks.ts";
import { demoTenantId } from "./build-demo.ts";
import { symptomsOfCustomer } from "./draft-tickets.ts";
import { type Errand, planErrand, planLeftOver } from "./errands.ts";
import type { DemoPeople } from "./find-demo.sql.ts";
import type { Random } from "./random.ts";
import { findLeftOpen, findSpots, type Spot, withLogin } from "./trickle.sql.ts";

/** What a start finds open stays as it is for a working day; then someone deals with it. */
const leftOpenHours = 10;
const leftPausedHours = 96;

/** Opens a fault at a site of the chain or of the manufacturer that is open now, and plans who deals with it and when. */
export async function openFault(db: Database, people: DemoPeople, random: Random): Promise<Errand | undefined> {
  return db.asTenant(demoTenantId, async (tx) => {
    const customer = random.pick([
      { code: "YUNQUE", key: "chain" },
      { code: "DONGSON", key: "maker" },
    ] as const);
    const spots = await findSpots(tx, [customer.code]);
    const at = now().epochMilliseconds;
    const open: Spot[] = [];
    for (const spot of random.shuffled(spots).slice(0, 20)) {
      if (isOpen(await preparedCalendar(tx, spot.calendarId), at)) open.push(spot);
    }
    const [spot] = open.length > 0 ? open : spots;
    if (!spot) return undefined;
    const known = symptomsOfCustomer[customer.key].filter(({ device }) => device === spot.deviceType);
    const symptom = random.pick(known);
    const reporter = personActor(spot.personId, spot.locale);
    const ticket = await openTicket(
      tx,
      reporter,
      {
        subject: symptom.subject,
        description: random.pick(symptom.descriptions),
        siteId: spot.siteId,
        deviceId: spot.deviceId,
        impact: symptom.impact,
        urgency: symptom.urgency,
      },
      { channel: random.chance(0.6) ? "qr" : "portal" },
      (prefix) => nextNumber(db, demoTenantId, prefix),
    );
    const { assigneeId } = ticket;
    // What was routed to the engineer whose key is printed is left to whoever holds that key.
    if (assigneeId === people.engineer.id) return undefined;
    return planErrand(
      { ticketId: ticket.id, at, reporter, symptom, engineer: engineerActor(assigneeId, people) },
      random,
    );
  });
}

/** Plans the end of one of the demo's own tickets that has been open for too long; never of what somebody with a login opened. */
export async function takeLeftOver(db: Database, people: DemoPeople, random: Random): Promise<Errand | undefined> {
  return db.asTenant(demoTenantId, async (tx) => {
    const before = (hours: number) => now().subtract({ hours }).toString();
    const left = await findLeftOpen(tx, before(leftOpenHours), before(leftPausedHours));
    const others = await withLogin(
      tx,
      left.map(({ openedById }) => openedById),
    );
    const own = left.filter(({ openedById }) => !others.has(openedById));
    const [ticket] = random.shuffled(own);
    if (!ticket) return undefined;
    const engineer = engineerActor(ticket.assigneeId === people.engineer.id ? null : ticket.assigneeId, people);
    return planLeftOver({ ticketId: ticket.id, state: ticket.state, at: now().epochMilliseconds, engineer }, random);
  });
}

function personActor(id: string, locale: string): Actor {
  return actor("person", id, ["user"], locale);
}

/** Who deals with it: the assignee, or an engineer who can always be rung. */
function engineerActor(assigneeId: string | null, people: DemoPeople): Actor {
  const remote = people.colleagues.find(({ email }) => email.startsWith("raman@"));
  return actor("staff", assigneeId ?? remote?.id ?? people.owner.id, ["engineer"], "en");
}

function actor(kind: "staff" | "person", id: string, roles: string[], locale: string): Actor {
  return { kind, id, tenantId: demoTenantId, permissions: permissionsOf(roles), roles, locale, via: "system" };
}
