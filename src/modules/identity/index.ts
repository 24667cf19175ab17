export { createApiKey } from "./api-keys.ts";
export { apiKeyAuthenticator, sessionAuthenticator } from "./authenticators.ts";
export {
  addProvider,
  createLogin,
  createProvider,
  createStaff,
  createTenant,
  hashNewPassword,
  joinLogin,
  type NewProvider,
  type NewTenant,
} from "./create-provider.ts";
export { forgetCredentialsAfter } from "./credential-cache.ts";
export { type Identity, openIdentity } from "./identity.ts";
export { invitePerson } from "./invite.ts";
export { identityJobs } from "./jobs.ts";
export { type PersonCopy, setPersonRoles } from "./people.ts";
export {
  type Permission,
  type PersonRole,
  permissions,
  permissionsOf,
  type StaffRole,
  staffRoles,
} from "./permissions.ts";
export { identityRoutes } from "./routes.ts";
export { findStaff, listStaff, staffNames } from "./staff.sql.ts";
export { identitySweeps } from "./sweeps.ts";
export { findTenant, listTenantIds } from "./tenants.sql.ts";
