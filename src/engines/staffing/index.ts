/**
 * Staffing: how many engineers keep a promise, what a ratio costs, and who serves whom. Pure; see README.md.
 * Times are minutes and rates per hour where a name says so; shares are from 0 to 1.
 */
export { computeStaffing } from "./compute-staffing.ts";
export type { Estimate } from "./confidence.ts";
export { describeQueue, type QueueAnswer, type QueueQuestion } from "./describe-queue.ts";
export { erlangB } from "./erlang-b.ts";
export { erlangC } from "./erlang-c.ts";
export { StaffingError, type StaffingErrorCode } from "./error.ts";
export type { FieldQuestion, FieldSite } from "./field-question.ts";
export { findSmallestStaff, type StaffPromise } from "./find-smallest-staff.ts";
export { type PoolingOptions, poolEngineers } from "./pool-engineers.ts";
export type {
  BrokenPromise,
  KeptPromise,
  PooledPost,
  PoolingAnswer,
  PoolingImpossible,
  PoolingOptimum,
} from "./pooling-answer.ts";
export type { PooledPromise, PoolingQuestion, Post } from "./pooling-question.ts";
export { type LadderBound, type LadderPoint, type RatioLadder, type RatioStep, stepCurve } from "./ratio-ladder.ts";
export { type FieldAnswer, type SimulationOptions, simulateField } from "./simulate-field.ts";
