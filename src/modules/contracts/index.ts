/** What is promised to whom: SLA policies and agreements. See README.md. */
export { type Agreement, PauseReason, Priority, type SlaPolicy, type SlaTarget, Target, Tier } from "./api.ts";
export { changePolicy } from "./change-policy.ts";
export { createPolicy } from "./create-policy.ts";
export { getAgreement, getPolicy } from "./get-visible.ts";
export { makeAgreement } from "./make-agreement.ts";
export {
  findPromise,
  type PromisedByTier,
  promisedByTier,
  promisedTo,
  promiseOn,
  type SlaPromise,
} from "./promise.sql.ts";
export { contractsReactions } from "./reactions.ts";
export { contractRoutes } from "./routes.ts";
