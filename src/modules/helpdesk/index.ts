/** Tickets, their clocks and calls. See README.md. */
export { attachmentRoutes } from "./attachment-routes.ts";
export { audienceOf } from "./audience.ts";
export { callJobs, startFirstTurns } from "./call-jobs.ts";
export { callReactions } from "./call-reactions.ts";
export { callRoutes } from "./call-routes.ts";
export { changeTicketState } from "./change-ticket-state.ts";
export type { ClockRow, PauseRow } from "./clocks.sql.ts";
export { feedRoutes } from "./feed-routes.ts";
export { getTicket } from "./find-ticket.ts";
export { firstContactPoints } from "./first-contact-points.ts";
export { ticketJobs, ticketSweeps } from "./jobs.ts";
export { openTicket } from "./open-ticket.ts";
export { presenceRoutes } from "./presence-routes.ts";
export { numberPrefix, type Priority, priorityOf } from "./priority.ts";
export { ratedReactions } from "./rated-reaction.ts";
export { promiseReactions } from "./revise-promise.ts";
export { addReply, logWork } from "./say.ts";
export { searchReaction } from "./search-index.sql.ts";
export { searchTerms } from "./search-terms.ts";
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
} from "./sla-clock.ts";
export { sweepAttachments } from "./sweep-attachments.ts";
export { ticketRoutes } from "./ticket-routes.ts";
export { type State, transitions } from "./ticket-states.ts";
export { isTicketVisible, isVisible } from "./tickets.sql.ts";
export { viewRoutes } from "./view-routes.ts";
export { visitorRoutes } from "./visitor-routes.ts";
export { visitorAuthenticator } from "./visitor-token.ts";
