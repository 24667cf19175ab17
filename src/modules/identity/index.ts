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
} from "./create-provider.ts";
export { type Identity, openIdentity } from "./identity.ts";
export { type PersonCopy, setPersonRoles } from "./people.ts";
export {
  type Permission,
  type PersonRole,
  permissions,
  permissionsOf,
  type StaffRole,
  staffRoles,
} from "./permissions.ts";
export { findStaff, staffNames } from "./staff.sql.ts";
export { findTenant, listTenantIds } from "./tenants.sql.ts";
