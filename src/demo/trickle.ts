import { isOpen } from "../engines/business-time/index.ts";
import { preparedCalendar } from "../modules/calendars/index.ts";
import { openTicket } from "../modules/helpdesk/index.ts";
import { permissionsOf } from "../modules/identity/index.ts";
import type { Actor } from "../platform/actor.ts";
import { now } from "../platform/clock.ts";
import type { Database } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import { nextNumber } from "../platform/number-blocks.ts";
import { Refusal } from "../platform/refusal.ts";
import { demoTenantId } from "./build-demo.ts";
import { symptomsOfCustomer } from "./draft-tickets.ts";
import { type Errand, planErrand, planLeftOver } from "./errands.ts";
import type { DemoPeople } from "./find-demo.sql.ts";
import { type Random, seededRandom } from "./random.ts";
import { findLeftOpen, findSpots, type Spot, withLogin } from "./trickle.sql.ts";

const lookEveryMs = 3000;
const mostAtOnce = 15;
/** What the start found open stays as it is for a working day; then someone deals with it. */
const leftOpenHours = 10;

/**
 * Keeps the demo alive: every 20 to 60 seconds something fails at the chain or the manufacturer, and engineers deal with
 * it in minutes, all through the ordinary use cases. Never touches what somebody with a login has opened.
 */
export function startTrickle(db: Database, people: DemoPeople, log: Log): { stop(): Promise<void> } {
  const random = seededRandom(`trickle ${now().epochMilliseconds}`);
  const errands = new Set<Errand>();
  let nextFaultAt = now().epochMilliseconds + random.whole(5_000, 20_000);
  let nextLeftAt = now().epochMilliseconds + 60_000;
  let running: Promise<void> | undefined;

  async function turn(): Promise<void> {
    const at = now().epochMilliseconds;
    if (at >= nextFaultAt) {
      nextFaultAt = at + random.whole(20_000, 60_000);
      const errand = errands.size < mostAtOnce ? await openFault(db, people, random) : undefined;
      if (errand) errands.add(errand);
    }
    if (at >= nextLeftAt) {
      nextLeftAt = at + 120_000;
      const errand = await takeLeftOver(db, people, random);
      if (errand) errands.add(errand);
    }
    for (const errand of errands) {
      const [step] = errand.steps;
      if (!step) errands.delete(errand);
      else if (step.at <= at) {
        errand.steps.shift();
        // Somebody who looks at the demo may have been quicker: then it is theirs.
        if (!(await take(db, step.act))) errands.delete(errand);
      }
    }
  }

  const look = setInterval(() => {
    running ??= turn()
      .catch((error) => log.warn({ err: error }, "the demo's trickle stumbled"))
      .finally(() => {
        running = undefined;
      });
  }, lookEveryMs);
  look.unref();
  return {
    async stop() {
      clearInterval(look);
      await running;
    },
  };
}

async function take(db: Database, act: Errand["steps"][number]["act"]): Promise<boolean> {
  try {
    await db.asTenant(demoTenantId, act);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.kind !== "unavailable") return false;
    throw error;
  }
}

async function openFault(db: Database, people: DemoPeople, random: Random): Promise<Errand | undefined> {
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

/** One of the demo's own tickets that has been open for too long. */
async function takeLeftOver(db: Database, people: DemoPeople, random: Random): Promise<Errand | undefined> {
  return db.asTenant(demoTenantId, async (tx) => {
    const before = now().subtract({ hours: leftOpenHours }).toString();
    const left = await findLeftOpen(tx, before, now().subtract({ hours: 1 }).toString());
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
