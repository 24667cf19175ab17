/** Tickets, their clocks and calls. See README.md. */
export { attachmentRoutes } from "./attachment-routes.ts";
export { callJobs } from "./call-jobs.ts";
export { callReactions } from "./call-reactions.ts";
export { callRoutes } from "./call-routes.ts";
export { changeTicketState } from "./change-ticket-state.ts";
export { getTicket } from "./find-ticket.ts";
export { ticketJobs, ticketSweeps } from "./jobs.ts";
export { openTicket } from "./open-ticket.ts";
export { presenceRoutes } from "./presence-routes.ts";
export { ratedReactions } from "./rated-reaction.ts";
export { promiseReactions } from "./revise-promise.ts";
export { searchReaction } from "./search-index.sql.ts";
export { ticketRoutes } from "./ticket-routes.ts";
export { isTicketVisible, isVisible } from "./tickets.sql.ts";
export { viewRoutes } from "./view-routes.ts";
export { visitorRoutes } from "./visitor-routes.ts";
export { visitorAuthenticator } from "./visitor-token.ts";
