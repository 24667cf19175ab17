import { kaplanMeier } from "./kaplan-meier.ts";
import type { Lives } from "./lives.ts";

export interface PlotPoint {
  readonly time: number;
  /** The share that has failed by then, as it is plotted. */
  readonly failed: number;
  /** ln(time) and ln(−ln(1 − failed)): on these scales a Weibull life is a straight line with its shape as slope. */
  readonly x: number;
  readonly y: number;
}

/**
 * Points of a Weibull probability plot: at each age of failure, half way between the Kaplan–Meier estimates of the share failed just before
 * and just after it; without censoring and ties that is (i − ½) ÷ n, Hazen's position (Meeker and Escobar, Statistical Methods for Reliability
 * Data, 1998, chapter 6). No point is at 0 or 1, so every one can be drawn.
 */
export function plotPositions(lives: Lives): PlotPoint[] {
  let before = 1;
  return kaplanMeier(lives).flatMap(({ time, survival }) => {
    const working = (before + survival) / 2;
    before = survival;
    if (working === 0) return [];
    return [{ time, failed: 1 - working, x: Math.log(time), y: Math.log(-Math.log(working)) }];
  });
}
