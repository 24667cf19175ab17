/** The helpdesk's own rules: history is computed by the same functions that count every real ticket. */
export type { ClockRow, PauseRow } from "../modules/helpdesk/index.ts";
export {
  addReply,
  type Calendars,
  end,
  logWork,
  meet,
  nextDue,
  numberPrefix,
  type Priority,
  priorityOf,
  runOn,
  type State,
  searchTerms,
  startClocks,
  type Target,
  targets,
  transitions,
  withBreach,
  withDue,
} from "../modules/helpdesk/index.ts";
export { giveRating } from "../modules/quality/index.ts";
