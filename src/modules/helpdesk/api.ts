/** What helpdesk takes and answers: tickets; the desk's views and the visitor's page; calls, rotas and escalation. */
export * from "./api-calls.ts";
export * from "./api-desk.ts";
export * from "./api-duties.ts";
export * from "./api-tickets.ts";
