import type { Expectation } from "./expected-level.ts";

/** Set by calibration to one false alert per customer-year over all three rules; see docs/engines/usage-drop.md for what they achieve. */
export const thresholds = {
  /** No single day adds more than this share of the limit, so that one odd day never alarms alone. */
  dayLimit: 0.4,
  /** Below this share of the limit the CUSUM has not begun to rise. */
  beginning: 0.02,
  /** Evidence for the expected level, on the same scale, after which an episode is over. */
  recovery: 3,
  /** Natural logarithm of the probability of a silence below which usage has stopped. */
  silence: Math.log(4e-4),
  /** Days that should have had use and had none, at least. */
  silentDays: 2,
  /** 28 days below this share of the 28 before are a fade, if they are also `fadeDeviations` standard errors below. */
  fadeShare: 0.8,
  fadeDeviations: 3.2,
  /** A drop or fade goes on until 28 days reach this share of the 28 before. */
  lossRecovery: 0.95,
} as const;

/**
 * The CUSUM of log-likelihood ratios alarms above this. Lower where chance has fewer occasions to look like a loss: few
 * busy days, few counts a day, counts as regular as a Poisson process.
 */
export function dropLimit({ level, dispersion, busyDays }: Expectation): number {
  const regular = (0.5 * 0.05) / (0.05 + dispersion);
  return Math.max(2.5, 5.25 + Math.log(busyDays / 7) + 0.65 * Math.log((level + 1e-3) / (level + 6)) - regular);
}
