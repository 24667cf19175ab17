import { SurvivalError } from "./error.ts";
import { fitExponential } from "./fit-exponential.ts";
import { fitLogNormal } from "./fit-log-normal.ts";
import { fitWeibull } from "./fit-weibull.ts";
import type { Lives } from "./lives.ts";

export interface ComparedFit {
  readonly distribution: "weibull" | "exponential" | "log_normal";
  readonly logLikelihood: number;
  /** Akaike's criterion, 2·parameters − 2·logLikelihood: the lower the better. */
  readonly aic: number;
}

/**
 * Which distribution describes these lives best, by Akaike's criterion (H. Akaike, IEEE Transactions on Automatic Control 19 (1974) 716–723):
 * best first. A distribution without a maximum is left out. Throws `SurvivalError` when nothing failed.
 */
export function compareFits(lives: Lives): ComparedFit[] {
  const fits: [ComparedFit["distribution"], number, () => { logLikelihood: number }][] = [
    ["exponential", 1, () => fitExponential(lives)],
    ["weibull", 2, () => fitWeibull(lives)],
    ["log_normal", 2, () => fitLogNormal(lives)],
  ];
  return fits
    .flatMap(([distribution, parameters, fit]) => {
      const logLikelihood = likelihoodOf(fit);
      return logLikelihood === undefined
        ? []
        : [{ distribution, logLikelihood, aic: 2 * (parameters - logLikelihood) }];
    })
    .sort((a, b) => a.aic - b.aic);
}

function likelihoodOf(fit: () => { logLikelihood: number }): number | undefined {
  try {
    return fit().logLikelihood;
  } catch (error) {
    if (error instanceof SurvivalError && (error.code === "no_maximum" || error.code === "too_large")) return undefined;
    throw error;
  }
}
