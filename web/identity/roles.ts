/** Roles of staff as the rights of the identity module name them. */
export const staffRoles = [
  "owner",
  "service_manager",
  "dispatcher",
  "engineer",
  "tam",
  "csm",
  "sales",
  "finance",
  "asset_manager",
  "project_manager",
  "auditor",
] as const;
