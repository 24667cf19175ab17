import { instantText } from "../platform/clock.ts";
import type { CustomerKey } from "./customer-cast.ts";
import type { DeviceType } from "./device-models.ts";
import type { Directory } from "./directory.ts";
import { type Draft, draftFault, draftWish } from "./draft-tickets.ts";
import type { Scene } from "./live-out.ts";
import type { Random } from "./random.ts";
import type { TicketLife } from "./ticket-life.ts";

/** A ticket that stands right now where the demo wants to show one. */
export interface Staged {
  draft: Draft;
  play(life: TicketLife, scene: Scene): void;
}

type Play = (life: TicketLife, scene: Scene, ago: (minutes: number) => number) => void;

const hour = 60;
const day = 24 * hour;

/** One ticket in each state, one due soon, one overdue that nobody answers. */
export function stageTickets(directory: Directory, now: number, random: Random): Staged[] {
  const ago = (minutes: number) => now - Math.round(minutes * 60_000);
  const fault = (customer: CustomerKey, type: DeviceType, minutes: number, play: Play, change: Partial<Draft> = {}) => {
    const ofCustomer = directory.devices.filter(({ site, model }) => site.customer === customer && model.type === type);
    // The plant that never closes: its clocks run whenever one looks.
    const open = ofCustomer.filter(({ site }) => site.calendar === "plantContinuous");
    const device = random.pick(open.length > 0 ? open : ofCustomer);
    const draft = { ...draftFault(directory, device, ago(minutes), [], random), channel: "portal" as const, ...change };
    const asker = draft.asker ?? personAt(directory, device.site.id);
    return { draft: { ...draft, asker, openedBy: asker }, play: played(play) };
  };
  const played = (play: Play) => (life: TicketLife, scene: Scene) => {
    play(life, scene, ago);
    life.settle(now);
  };
  const office = directory.sites.filter((site) => site.customer === "maker" && site.engineers.length === 0);
  return [
    { draft: draftWish(directory, random.pick(office), ago(17), random, "service_request"), play: played(() => {}) },
    fault("maker", "access_point", 14, () => {}, { impact: "medium", urgency: "high" }),
    fault("maker", "cnc_terminal", 96, leaveUnanswered, { impact: "medium", urgency: "high" }),
    fault("agent", "laptop", 38, (life, scene, at) => {
      withEngineer(scene, (engineer) => life.acknowledge(at(31), engineer));
    }),
    fault("chain", "till", 57, (life, scene, at) => {
      withEngineer(scene, (engineer) => {
        life.acknowledge(at(46), engineer);
        life.reply(at(45), { kind: "staff", id: engineer.id }, scene.random.pick(scene.phrases.seen));
        life.depart(at(11), engineer);
      });
    }),
    fault("maker", "label_printer", 2.2 * hour, (life, scene, at) => {
      withEngineer(scene, (engineer) => {
        life.acknowledge(at(112), engineer);
        life.depart(at(58), engineer);
        life.arrive(at(24), engineer);
      });
    }),
    fault("chain", "receipt_printer", 27 * hour, (life, scene, at) =>
      pauseFor(life, scene, at, "waiting_for_supplier", 26.8 * hour),
    ),
    fault("agent", "printer", 7 * hour, (life, scene, at) =>
      pauseFor(life, scene, at, "agreed_appointment", 6.5 * hour),
    ),
    fault("chain", "scanner", 3.1 * hour, (life, scene, at) => {
      withEngineer(scene, (engineer) => {
        life.acknowledge(at(170), engineer);
        life.logWork(at(49), engineer, "remote", 22, null);
        life.resolve(at(48), engineer, scene.resolution, scene.cause);
      });
    }),
    fault("agent", "router", 1.2 * day, (life, scene, at) => {
      withEngineer(scene, (engineer) => {
        life.acknowledge(at(28 * hour), engineer);
        life.resolve(at(22 * hour), engineer, scene.resolution, scene.cause);
        if (scene.asker) life.reopen(at(21), scene.asker, scene.random.pick(scene.phrases.reopened));
      });
    }),
  ];
}

/** @param takenAgo minutes since someone took it; it stands still from half an hour later */
function pauseFor(
  life: TicketLife,
  scene: Scene,
  at: (minutes: number) => number,
  reason: "waiting_for_supplier" | "agreed_appointment",
  takenAgo: number,
): void {
  withEngineer(scene, (engineer) => {
    const isAgreed = reason === "agreed_appointment";
    life.acknowledge(at(takenAgo), engineer);
    const said = scene.random.pick(isAgreed ? scene.phrases.appointment : scene.phrases.part);
    life.reply(at(takenAgo - 29), { kind: "staff", id: engineer.id }, said);
    life.pause(at(takenAgo - 30), engineer, reason, isAgreed ? at(-15 * hour) : null);
  });
}

/** Everyone on the list was rung and nobody took it. */
function leaveUnanswered(life: TicketLife, _scene: Scene, ago: (minutes: number) => number): void {
  const since = instantText(ago(52));
  // Past the last step of the escalation: engineer, on call, managers.
  Object.assign(life.record.chain, { turn: 5, step: 3, rungAt: since, unansweredSince: since });
}

function withEngineer({ engineer, helper }: Scene, work: (engineer: Scene["helper"]) => void): void {
  work(engineer ?? helper);
}

function personAt(directory: Directory, siteId: string) {
  const person = directory.people.find((each) => each.siteId === siteId);
  if (!person) throw new Error("a site without people");
  return { kind: "person", id: person.id } as const;
}
