/** Every right there is. A route names one; a role is a set of them; an API key narrows its owner's to its scopes. */
export const permissions = [
  "ticket.read",
  "ticket.open",
  "ticket.assign",
  "ticket.edit",
  "ticket.work",
  "ticket.note",
  "ticket.reply",
  "ticket.close",
  "ticket.reopen",
  "ticket.cancel",
  "ticket.rate",
  "view.write",
  "notification.read",
  "customer.read",
  "customer.write",
  "site.read",
  "site.write",
  "person.read",
  "person.write",
  "device.read",
  "device.write",
  "calendar.read",
  "calendar.write",
  "sla.read",
  "sla.write",
  "rota.read",
  "rota.write",
  "channel.read",
  "channel.write",
  "staff.read",
  "staff.write",
  "provider.write",
  "quality.read_own",
  "quality.read",
  "report.read",
  "audit.read",
] as const;

export type Permission = (typeof permissions)[number];

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

export type StaffRole = (typeof staffRoles)[number];
export type PersonRole = "contact" | "user";

const reading: Permission[] = [
  "ticket.read",
  "customer.read",
  "site.read",
  "person.read",
  "device.read",
  "calendar.read",
  "sla.read",
  "rota.read",
  "staff.read",
  "notification.read",
];
const desk: Permission[] = [
  ...reading,
  "ticket.open",
  "ticket.assign",
  "ticket.edit",
  "ticket.work",
  "ticket.note",
  "ticket.reply",
  "ticket.close",
  "ticket.reopen",
  "ticket.cancel",
  "view.write",
  "person.write",
  "quality.read_own",
];
const relations: Permission[] = [
  ...reading,
  "ticket.open",
  "ticket.note",
  "ticket.reply",
  "view.write",
  "person.write",
  "quality.read",
  "report.read",
];

const rights: Readonly<Record<StaffRole | PersonRole | "visitor", readonly Permission[]>> = {
  owner: permissions.filter((permission) => permission !== "ticket.rate"),
  service_manager: permissions.filter((permission) => permission !== "ticket.rate" && permission !== "provider.write"),
  dispatcher: [...desk, "site.write", "device.write", "rota.write", "channel.read", "report.read"],
  engineer: [...desk.filter((permission) => permission !== "ticket.edit"), "device.write"],
  tam: [...desk, "customer.write", "site.write", "device.write", "report.read"],
  csm: [...relations, "customer.write", "site.write"],
  sales: relations,
  finance: [...reading, "report.read"],
  asset_manager: [...reading, "device.write", "site.write"],
  project_manager: [...desk, "rota.write", "report.read"],
  auditor: [...reading, "quality.read", "report.read", "audit.read", "channel.read"],
  contact: [
    "ticket.read",
    "ticket.open",
    "ticket.reply",
    "ticket.close",
    "ticket.reopen",
    "ticket.cancel",
    "ticket.rate",
    "customer.read",
    "site.read",
    "person.read",
    "device.read",
    "sla.read",
    "report.read",
    "notification.read",
  ],
  user: [
    "ticket.read",
    "ticket.open",
    "ticket.reply",
    "ticket.close",
    "ticket.reopen",
    "ticket.cancel",
    "ticket.rate",
    "site.read",
    "device.read",
    "notification.read",
  ],
  visitor: ["ticket.read", "ticket.open", "ticket.reply", "ticket.reopen", "ticket.cancel", "ticket.rate"],
};

/** The rights of someone with these roles, narrowed to the scopes of an API key (`*` narrows nothing). */
export function permissionsOf(roles: readonly string[], scopes: readonly string[] = ["*"]): ReadonlySet<Permission> {
  const granted = new Set(Object.entries(rights).flatMap(([role, list]) => (roles.includes(role) ? list : [])));
  return scopes.includes("*") ? granted : new Set([...granted].filter((permission) => scopes.includes(permission)));
}
