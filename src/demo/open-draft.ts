import { isOpen } from "../engines/business-time/index.ts";
import type { CustomerKey } from "./customer-cast.ts";
import { type DemoSite, type Directory, deskOf, of } from "./directory.ts";
import type { Draft } from "./draft-tickets.ts";
import type { Scene } from "./live-out.ts";
import { phrases } from "./phrases.ts";
import type { Random } from "./random.ts";
import { TicketLife } from "./ticket-life.ts";
import type { Engineer, Opening } from "./ticket-opening.ts";
import { type Calendars, priorityOf, type Target } from "./ticket-rules.ts";

/** Opens a draft as `helpdesk` would: with its promise, and with the named engineer who was on duty then. */
export function begin(directory: Directory, draft: Draft, number: string, calendars: Calendars, random: Random) {
  const { site, device, at, kind, subject, description, impact, urgency, channel, asker, openedBy } = draft;
  const promise = of(directory.promises, site.customer);
  const person = asker?.kind === "person" ? directory.people.find((each) => each.id === asker.id) : undefined;
  const tier = person?.tier ?? "standard";
  const priority = priorityOf(impact, urgency);
  const engineer = engineerAt(directory, site, at);
  const { pausingReasons, closeAfterDays, targets } = promise.plan;
  const promised = targets.filter((each) => each.tier === tier && each.priority === priority);
  const minutes: Partial<Record<Target, number>> = Object.fromEntries(
    promised.map((each) => [each.target, each.targetMinutes]),
  );
  const opening: Opening = {
    at,
    number,
    kind,
    subject,
    description,
    priority,
    impact,
    urgency,
    channel,
    openedBy,
    tier,
    minutes,
    pausingReasons,
    closeAfterDays,
    customerId: site.customerId,
    siteId: site.id,
    deviceId: device?.id ?? null,
    requesterId: person?.id ?? null,
    visitorId: asker?.kind === "visitor" ? asker.id : null,
    policyId: promise.id,
    calendarId: of(directory.calendars, site.calendar).id,
    assignee: engineer,
  };
  const contact = directory.people.find((each) => each.customerId === site.customerId && each.role === "contact");
  const scene: Scene = {
    random,
    hours: of(directory.calendars, site.calendar).hours,
    phrases: phrases[draft.locale],
    asker,
    contact: { kind: "person", id: contact?.id ?? "" },
    engineer,
    helper: helperOf(directory, site.customer, engineer),
    desk: deskOf(directory, site.customer),
    visit: draft.visit,
    resolution: draft.resolution,
    cause: draft.cause,
    closeAfterDays,
  };
  return { life: new TicketLife(opening, calendars, random), scene };
}

/** The first of the site's named engineers who is on duty. */
function engineerAt(directory: Directory, site: DemoSite, at: number): Engineer | undefined {
  const named = [...new Set([...site.engineers, ...of(directory.customers, site.customer).engineers])];
  return named
    .map((key) => of(directory.staff, key))
    .find(({ duty }) => duty === undefined || isOpen(of(directory.calendars, duty).hours, at));
}

function helperOf({ staff }: Directory, customer: CustomerKey, engineer: Engineer | undefined): Engineer {
  const order = {
    chain: ["zhou", "liang", "raman"],
    agent: ["raman", "chan"],
    maker: ["hanh", "bao", "raman"],
  } as const;
  const helpers = order[customer].map((key) => of(staff, key));
  return helpers.find(({ id }) => id !== engineer?.id) ?? of(staff, "raman");
}
