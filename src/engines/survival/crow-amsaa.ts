import { chiSquareDistribution, chiSquareUpperTail, normalDistribution } from "../numerics/index.ts";
import { checkConfidence, type Interval } from "./confidence.ts";
import { SurvivalError } from "./error.ts";
import { type Exposure, logOfRatio } from "./exposure.ts";
import { fitExposure } from "./fit-weibull.ts";
import { checkHistories, type RepairHistory } from "./repair-history.ts";

export interface PowerLawFit {
  /** Expected repairs up to age t are (t ÷ scale)^shape: above 1 they come faster and faster. */
  readonly shape: number;
  readonly scale: number;
  /** The same as λ·t^shape, as Crow writes it. */
  readonly lambda: number;
  readonly shapeInterval: Interval;
  readonly scaleInterval: Interval;
  readonly logLikelihood: number;
  readonly repairs: number;
}

/**
 * The power-law process of greatest likelihood over several systems, each with its own start and end, whether it ended at a set age or at
 * a repair (L. H. Crow, "Reliability Analysis for Complex, Repairable Systems", in Reliability and Biometry, SIAM 1974, 379–410;
 * MIL-HDBK-189). Its likelihood is that of Weibull lives entering at `start`, so the fit and its profile-likelihood intervals are found the same way.
 * Throws `SurvivalError`: histories that cannot be, `no_failures`, and `no_maximum`, as when the only repairs are at the end of the longest history.
 */
export function fitPowerLaw(histories: readonly RepairHistory[], confidence = 0.95): PowerLawFit {
  checkConfidence(confidence);
  checkHistories(histories);
  const exposure = exposureOfSystems(histories);
  if (exposure.failures === 0)
    throw new SurvivalError("no_failures", "Nothing was repaired, so there is no rate to estimate.");
  const { shape, scale, shapeInterval, scaleInterval, logLikelihood, failures } = fitExposure(exposure, confidence);
  return { shape, scale, lambda: scale ** -shape, shapeInterval, scaleInterval, logLikelihood, repairs: failures };
}

function exposureOfSystems(histories: readonly RepairHistory[]): Exposure {
  const oldestFirst = histories.toSorted((a, b) => a.end - b.end);
  const top = oldestFirst.at(-1)?.end ?? 1;
  const whole = oldestFirst.filter(({ start = 0 }) => start === 0);
  const late = oldestFirst.filter(({ start = 0 }) => start > 0);
  const logs = (systems: readonly RepairHistory[]) => Float64Array.from(systems, ({ end }) => logOfRatio(end, top));
  const ones = (systems: readonly RepairHistory[]) => new Float64Array(systems.length).fill(1);
  let [failures, sum, sumOfLogs] = [0, 0, 0];
  for (const { repairs } of histories) {
    failures += repairs.length;
    for (const age of repairs) {
      sum += logOfRatio(age, top);
      sumOfLogs += Math.log(age);
    }
  }
  return {
    failures,
    logTop: Math.log(top),
    meanFailure: failures === 0 ? 0 : sum / failures,
    sumOfLogs,
    whole: { log: logs(whole), count: ones(whole), units: whole.length },
    late: {
      log: logs(late),
      span: Float64Array.from(late, ({ start = 0, end }) => -logOfRatio(start, end)),
      count: ones(late),
    },
  };
}

export interface TrendTest {
  /** 2·Σ ln(watched ÷ age): χ² with `degrees` of freedom if there is no trend; small when systems get worse. */
  readonly militaryHandbook: { readonly statistic: number; readonly degrees: number; readonly pValue: number };
  /** Standard normal if there is no trend; above 0 when systems get worse. */
  readonly laplace: { readonly statistic: number; readonly pValue: number };
  /** By the first of the two, two-sided at 5 %. */
  readonly trend: "worsening" | "improving" | "none_seen";
}

/**
 * Do repairs come at a constant rate? The two classical tests, with two-sided p-values, each system measured over its own watch from `start`
 * on; a repair at the very end counts as what ended the watch (MIL-HDBK-189; H. Ascher and H. Feingold, Repairable Systems
 * Reliability, 1984). Throws `SurvivalError` for histories that cannot be or without any repair before the end.
 */
export function testTrend(histories: readonly RepairHistory[]): TrendTest {
  checkHistories(histories);
  let [statistic, repairs, excess, variance] = [0, 0, 0, 0];
  for (const { start = 0, end, repairs: ages } of histories) {
    for (const age of ages) {
      if (age === end) continue;
      repairs++;
      statistic += 2 * Math.log((end - start) / (age - start));
      excess += (age - start) / (end - start) - 0.5;
      variance += 1 / 12;
    }
  }
  if (repairs === 0)
    throw new SurvivalError("no_failures", "No repair came before the end of its watch, so there is no trend to test.");
  const degrees = 2 * repairs;
  const [worse, better] = [chiSquareDistribution(statistic, degrees), chiSquareUpperTail(statistic, degrees)];
  const pValue = Math.min(1, 2 * Math.min(worse, better));
  const z = excess / Math.sqrt(variance);
  return {
    militaryHandbook: { statistic, degrees, pValue },
    laplace: { statistic: z, pValue: Math.min(1, 2 * normalDistribution(-Math.abs(z))) },
    trend: pValue >= 0.05 ? "none_seen" : worse < better ? "worsening" : "improving",
  };
}
