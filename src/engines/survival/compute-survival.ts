import { DocumentFault, readArray, readNumber, readObject, under } from "../document/index.ts";
import { planReplacement, type ReplacementCosts, type ReplacementStrategy } from "./age-replacement.ts";
import type { Interval } from "./confidence.ts";
import { SurvivalError, type SurvivalErrorCode } from "./error.ts";
import { fitWeibull } from "./fit-weibull.ts";
import { kaplanMeier } from "./kaplan-meier.ts";
import { prepareLives } from "./lives.ts";
import type { Observation } from "./observation.ts";

export interface SurvivalAnswer {
  readonly weibull: {
    readonly shape: number;
    readonly scale: number;
    readonly logLikelihood: number;
    readonly shapeInterval: Interval;
    readonly scaleInterval: Interval;
  };
  readonly kaplanMeier: readonly {
    readonly time: number;
    readonly survival: number;
    readonly lower: number;
    readonly upper: number;
  }[];
  readonly strategy?: ReplacementStrategy;
}

/**
 * The document of `mainstay compute survival`: observations in, Weibull fit and survival curve out, and a strategy if costs are
 * given. Throws `DocumentFault` that names the place; nothing is answered unless everything can be.
 */
export function computeSurvival(document: unknown): SurvivalAnswer {
  const read = readObject(document, "", { required: ["observations"], optional: ["confidence", "costs"] });
  const observations = readArray(read.observations, "/observations", readObservation);
  const confidence = readNumber(read.confidence ?? 0.95, "/confidence");
  const costs = read.costs === undefined || read.costs === null ? undefined : readCosts(read.costs, "/costs");
  return naming(() => {
    const lives = prepareLives(observations);
    const { shape, scale, logLikelihood, shapeInterval, scaleInterval } = fitWeibull(lives, confidence);
    const curve = kaplanMeier(lives, confidence);
    return {
      weibull: { shape, scale, logLikelihood, shapeInterval, scaleInterval },
      kaplanMeier: curve.map(({ time, survival, lower, upper }) => ({ time, survival, lower, upper })),
      ...(costs && { strategy: planReplacement({ shape, scale }, costs) }),
    };
  });
}

const members = { required: ["time", "event"], optional: ["entry", "count"] };

function readObservation(value: unknown, pointer: string): Observation {
  const { time, event, entry, count } = readObject(value, pointer, members);
  if (typeof event !== "boolean")
    throw new DocumentFault(under(pointer, "event"), "This must be true (it failed) or false (it was still working).");
  return {
    time: readNumber(time, under(pointer, "time")),
    event,
    entry: readNumber(entry ?? 0, under(pointer, "entry")),
    count: readNumber(count ?? 1, under(pointer, "count")),
  };
}

function readCosts(value: unknown, pointer: string): ReplacementCosts {
  const { preventive, failure } = readObject(value, pointer, { required: ["preventive", "failure"] });
  const read = (cost: unknown, member: string) => {
    const amount = readNumber(cost, under(pointer, member));
    if (amount > 0) return amount;
    throw new DocumentFault(under(pointer, member), `A cost must be above 0, not ${amount}.`);
  };
  return { preventive: read(preventive, "preventive"), failure: read(failure, "failure") };
}

const placeOf: ReadonlyMap<SurvivalErrorCode, string> = new Map([
  ["bad_confidence", "/confidence"],
  ["bad_costs", "/costs"],
]);

/** Turns what the engine refuses into a fault at its place in the document. */
function naming<T>(answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    const { place, code, message } = error;
    if (place) throw new DocumentFault(`/observations/${place.row}/${place.member}`, message);
    throw new DocumentFault(placeOf.get(code) ?? "/observations", message);
  }
}
