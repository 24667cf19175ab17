/** The one-way order: a module imports only from those before it, through their front door (`index.ts`, `api.ts`). */
export const moduleOrder = [
  "identity",
  "calendars",
  "customers",
  "catalogue",
  "contracts",
  "devices",
  "helpdesk",
  "dispatch",
  "quality",
  "continuity",
  "usage",
  "success",
  "finance",
  "insight",
];
