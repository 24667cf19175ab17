/** The helpdesk's own rules: history is computed by the same functions that count every real ticket. */
export type { ClockRow, PauseRow } from "../modules/helpdesk/clocks.sql.ts";
export { numberPrefix, type Priority, priorityOf } from "../modules/helpdesk/priority.ts";
export { addReply, logWork } from "../modules/helpdesk/say.ts";
export { searchTerms } from "../modules/helpdesk/search-terms.ts";
export {
  type Calendars,
  end,
  meet,
  nextDue,
  runOn,
  startClocks,
  type Target,
  targets,
  withBreach,
  withDue,
} from "../modules/helpdesk/sla-clock.ts";
export { type State, transitions } from "../modules/helpdesk/ticket-states.ts";
export { giveRating } from "../modules/quality/give-rating.ts";
