/**
 * Has a customer's use stopped, dropped or faded, and since when? And: how odd is this point of a stream? Pure; see README.md.
 * Days are whole numbers counted from 1970-01-01.
 */
export { computeAnomaly } from "./compute-anomaly.ts";
export { computeUsageDrop, type UsageDropAnswer, writeAlerts } from "./compute-usage-drop.ts";
export { explainLoss, type PartLoss, type UsagePart } from "./explain-loss.ts";
export { type DayRange, markLeftOut, mergeRanges } from "./left-out.ts";
export { cusumStep, logRatio, logSilence } from "./likelihood.ts";
export { readUsageDropDocument } from "./read-usage-drop.ts";
export { type StreamPoint, scoreStream } from "./score-stream.ts";
export {
  type AlertKind,
  type CustomerWatch,
  type UsageAlert,
  type UsageSeries,
  type WatchedDay,
  watchCustomer,
} from "./watch-customer.ts";
export { type PackedPopulation, type PopulationAlert, type Progress, watchPopulation } from "./watch-population.ts";
export { type PackedSeries, type SeriesAlert, type SeriesTask, splitSeries, watchSeries } from "./watch-series.ts";
