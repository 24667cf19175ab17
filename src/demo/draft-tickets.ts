import type { CustomerKey } from "./customer-cast.ts";
import { type DemoDevice, type DemoPerson, type DemoSite, type Directory, deskOf, of } from "./directory.ts";
import { drawFaults, historyDays, momentOn } from "./draw-faults.ts";
import { theSystem, type Who } from "./history-rows.ts";
import type { Random } from "./random.ts";
import type { Wish } from "./symptoms.ts";
import { branchSymptoms, branchWishes } from "./symptoms-branches.ts";
import { plantSymptoms, plantWishes } from "./symptoms-plants.ts";
import { shopSymptoms, shopWishes } from "./symptoms-shops.ts";

export interface DemoVisitor {
  id: string;
  name: string | null;
  locale: string;
  createdAt: number;
}

export const symptomsOfCustomer = { chain: shopSymptoms, agent: branchSymptoms, maker: plantSymptoms };
const wishesOfCustomer = { chain: shopWishes, agent: branchWishes, maker: plantWishes };
const dayMs = 86_400_000;

/** What is to become a ticket, before it has a number. */
export interface Draft {
  at: number;
  site: DemoSite;
  device: DemoDevice | undefined;
  kind: Wish["kind"] | "incident";
  subject: string;
  description: string;
  impact: "low" | "medium" | "high";
  urgency: "low" | "medium" | "high";
  locale: DemoPerson["locale"];
  channel: "portal" | "qr" | "email" | "api" | "alert" | "phone";
  asker: Who | undefined;
  openedBy: Who;
  visit: number;
  resolution: string;
  cause: string | null;
}

/** What happened at all sites in ninety days, in the order of time. */
export function draftHistory(
  directory: Directory,
  now: number,
  random: Random,
): { drafts: Draft[]; visitors: DemoVisitor[] } {
  const visitors: DemoVisitor[] = [];
  const faults = drawFaults(directory, now, random.fork("faults"));
  const drafts = [
    ...faults.map(({ device, at }) => draftFault(directory, device, at, visitors, random)),
    ...draftWishes(directory, now, random.fork("wishes")),
  ];
  return { drafts: drafts.sort((a, b) => a.at - b.at), visitors };
}

export function draftFault(
  directory: Directory,
  device: DemoDevice,
  at: number,
  visitors: DemoVisitor[],
  random: Random,
): Draft {
  const { site, model } = device;
  const known = symptomsOfCustomer[site.customer].filter((symptom) => symptom.device === model.type);
  // A bad device fails in its own way, over and over.
  const symptom = device.badness > 3.5 ? random.fork(device.id).pick(known) : random.pick(known);
  const channel = channelOf(site.customer, model.type, random);
  const visitor = channel === "qr" && random.chance(0.4) ? makeVisitor(site, at, visitors, random) : undefined;
  const person = random.pick(directory.people.filter((each) => each.siteId === site.id));
  const asker: Who | undefined = visitor ?? (channel === "alert" ? undefined : { kind: "person", id: person.id });
  const desk = { kind: "staff", id: deskOf(directory, site.customer).id } as const;
  return {
    at,
    site,
    device,
    kind: "incident",
    subject: symptom.subject,
    description: random.chance(0.85) ? random.pick(symptom.descriptions) : "",
    impact: symptom.impact,
    urgency: random.chance(0.12) ? "high" : symptom.urgency,
    locale: symptom.locale,
    channel,
    asker,
    openedBy: channel === "phone" ? desk : (asker ?? theSystem),
    visit: symptom.visit,
    resolution: random.pick(symptom.resolutions),
    cause: symptom.cause,
  };
}

function draftWishes(directory: Directory, now: number, random: Random): Draft[] {
  const perDay = { chain: 0.02, agent: 0.022, maker: 0.09 };
  return directory.sites.flatMap((site) => {
    const count = random.poisson(perDay[site.customer] * historyDays);
    const { hours } = of(directory.calendars, site.calendar);
    return Array.from({ length: count }).flatMap(() => {
      const day = now - random.between(0, historyDays) * dayMs;
      const at = momentOn(day, site.timeZone, hours, random);
      return at !== undefined && at < now && at > now - historyDays * dayMs
        ? [draftWish(directory, site, at, random)]
        : [];
    });
  });
}

/** Something that someone at a site wants, or that the provider does there on its own. */
export function draftWish(
  directory: Directory,
  site: DemoSite,
  at: number,
  random: Random,
  only?: Wish["kind"],
): Draft {
  const wishes = wishesOfCustomer[site.customer].filter(({ kind }) => only === undefined || kind === only);
  const wish = random.weighted(wishes.map((each) => [each, weights[each.kind]] as const));
  const isOurs = wish.kind === "change" || wish.kind === "maintenance" || wish.kind === "problem";
  const person = random.pick(directory.people.filter((each) => each.siteId === site.id));
  const asker: Who | undefined = isOurs ? undefined : { kind: "person", id: person.id };
  const channel = asker
    ? random.weighted([
        ["portal", 6],
        ["email", 3],
        ["phone", 1],
      ] as const)
    : "phone";
  const staff: Who = {
    kind: "staff",
    id: isOurs ? of(directory.staff, "tam").id : deskOf(directory, site.customer).id,
  };
  return {
    at,
    site,
    device: undefined,
    kind: wish.kind,
    subject: wish.subject,
    description: wish.description,
    impact: "low",
    urgency: random.chance(0.2) ? "medium" : "low",
    locale: wish.locale,
    channel,
    asker,
    openedBy: asker && channel !== "phone" ? asker : staff,
    visit: 0.2,
    resolution: wish.resolution,
    cause: null,
  };
}

const weights = {
  service_request: 6,
  question: 4,
  complaint: 0.8,
  change: 0.6,
  problem: 0.4,
  maintenance: 0.7,
};

function channelOf(customer: CustomerKey, type: string, random: Random): Draft["channel"] {
  const watched = ["router", "access_point", "ups", "camera"].includes(type);
  if (watched && random.chance(0.35)) return "alert";
  return customer === "chain"
    ? random.weighted([
        ["qr", 45],
        ["phone", 25],
        ["portal", 25],
        ["email", 5],
      ] as const)
    : random.weighted([
        ["qr", 12],
        ["phone", 23],
        ["portal", 45],
        ["email", 20],
      ] as const);
}

function makeVisitor(site: DemoSite, at: number, visitors: DemoVisitor[], random: Random): Who {
  const locale = site.customer === "chain" ? "zh-Hans" : site.customer === "agent" ? "zh-Hant" : "vi";
  const id = random.idAt(at);
  visitors.push({ id, name: null, locale, createdAt: at });
  return { kind: "visitor", id };
}
