/** Who is served, where, and by whom. See README.md. */
export { contactCustomers } from "./affiliations.sql.ts";
export type { Affiliation, Customer, NamedEngineer, Person, Site } from "./api.ts";
export { createCustomer } from "./create-customer.ts";
export { createPerson } from "./create-person.ts";
export { createSite } from "./create-site.ts";
export { lockCustomer } from "./customers.sql.ts";
export { getCustomer, getPerson, getSite } from "./get-visible.ts";
export { personInvitationRoutes } from "./invitation-routes.ts";
export { nameCustomerEngineers, nameSiteEngineers } from "./name-engineers.ts";
export { customersReactions } from "./reactions.ts";
export { readLocale } from "./read-locale.ts";
export { customersRoutes } from "./routes.ts";
export { amongVisibleSites, visibleCustomers, visiblePeople, visibleSites } from "./visibility.sql.ts";
