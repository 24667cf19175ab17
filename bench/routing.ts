import { availableParallelism } from "node:os";
import { computeRouting } from "../src/compute-routing.ts";
import { type Plan, type RoutingProblem, readRoutingDocument } from "../src/engines/routing/index.ts";
import { faultsOf } from "../test/reference/check-plan.ts";
import { drawSolomon } from "../test/reference/draw-solomon.ts";
import { goToNearest } from "../test/reference/nearest-neighbour.ts";
import { bestKnown, readSolomon, type SolomonInstance, solomonDocument } from "../test/reference/solomon-instance.ts";

interface Figure {
  readonly bench: string;
  /** Distance against the best known, in per cent above it. */
  readonly meanGapPercent?: number;
  /** Distance for each job served when every vehicle goes to the nearest job it can still do, divided by the engine's. */
  readonly ratio: number;
  readonly unserved?: number;
  readonly unservedByNearest?: number;
  readonly aim: string;
  readonly seconds: number;
  readonly threads: number;
  readonly distances: Readonly<Record<string, number>>;
}

const names = ["C101", "R101", "RC101"];
const threads = Math.min(2, availableParallelism());

/** Solomon's samples for ten seconds each (25 customers: two), and a thousand jobs for a hundred engineers. */
export async function* benchRouting(): AsyncGenerator<Figure> {
  yield await onSamples("routing.25", 2, ".25", "25", "gap <= 1");
  yield await onSamples("routing.100", 10, "", "100_trunc1_minDistance", "gap <= 3");
  const large = await solve(solomonDocument(thousandJobs(), 20));
  yield {
    bench: "routing.1000-jobs-100-engineers",
    ratio: large.ratio,
    aim: "none left out",
    seconds: 20,
    threads,
    distances: { distance: large.plan.distance },
    unserved: large.plan.unserved.length,
    unservedByNearest: large.unservedByNearest,
  };
}

async function onSamples(bench: string, seconds: number, suffix: string, list: string, aim: string): Promise<Figure> {
  const distances: Record<string, number> = {};
  let [gaps, ratios] = [0, 0];
  for (const name of names) {
    const { plan, ratio } = await solve(solomonDocument(readSolomon(name + suffix), seconds, 1));
    distances[name] = plan.distance;
    gaps += (100 * (plan.distance / bestKnown(list, name) - 1)) / names.length;
    ratios += ratio / names.length;
  }
  return { bench, meanGapPercent: gaps, ratio: ratios, aim, seconds, threads, distances };
}

interface Solved {
  readonly plan: Plan;
  readonly ratio: number;
  readonly unservedByNearest: number;
}

/** The limit counts from the start of the process, which for a bench lies further back. */
async function solve(document: { readonly limitSeconds: number }): Promise<Solved> {
  const { problem } = readRoutingDocument(document);
  const limitSeconds = document.limitSeconds + performance.now() / 1000;
  const plan = await computeRouting({ ...document, limitSeconds });
  const faults = faultsOf(problem, plan);
  if (faults.length > 0) throw new Error(`The plan cannot be driven: ${faults[0]}.`);
  return { plan, ...compare(problem, plan) };
}

function compare(problem: RoutingProblem, plan: Plan): Omit<Solved, "plan"> {
  const plain = goToNearest(problem);
  if (plain.unserved < plan.unserved.length) throw new Error("Going to the nearest serves more.");
  const forEach = (distance: number, unserved: number) => distance / (problem.jobs.length - unserved);
  const ratio = forEach(plain.distance, plain.unserved) / forEach(plan.distance, plan.unserved.length);
  return { ratio, unservedByNearest: plain.unserved };
}

function thousandJobs(): SolomonInstance {
  return drawSolomon({ kind: "RC1", customers: 1000, vehicles: 100, density: 0.75, width: 0.3, seed: 1 });
}
