/** The settings, grouped as an owner thinks of them. */
export const settingsPages = [
  { key: "account", to: "/settings/account", group: "you", permission: "staff.read" },
  { key: "staff", to: "/settings/staff", group: "provider", permission: "staff.read" },
  { key: "rotas", to: "/settings/rotas", group: "provider", permission: "rota.read" },
  { key: "channels", to: "/settings/channels", group: "you", permission: "notification.read" },
  { key: "apiKeys", to: "/settings/api-keys", group: "provider", permission: "staff.read" },
  { key: "customers", to: "/settings/customers", group: "served", permission: "customer.read" },
  { key: "sites", to: "/settings/sites", group: "served", permission: "site.read" },
  { key: "people", to: "/settings/people", group: "served", permission: "person.read" },
  { key: "devices", to: "/settings/devices", group: "served", permission: "device.read" },
  { key: "calendars", to: "/settings/calendars", group: "promise", permission: "calendar.read" },
  { key: "slas", to: "/settings/slas", group: "promise", permission: "sla.read" },
  { key: "priorities", to: "/settings/priorities", group: "promise", permission: "sla.read" },
] as const;

export const settingsGroups = ["you", "provider", "served", "promise"] as const;
