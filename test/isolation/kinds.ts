import type { Route } from "./route-table.ts";

/** What an id can name. */
export const kinds = [
  "ticket",
  "attachment",
  "customer",
  "site",
  "person",
  "device",
  "calendar",
  "policy",
  "agreement",
  "rota",
  "override",
  "contact_point",
  "notification",
  "saved_view",
  "member",
  "api_key",
  "session",
  "passkey",
] as const;
export type Kind = (typeof kinds)[number];

/**
 * What the parameter of an address names: an id of a kind, a secret that lets in whoever holds it, or one word of a few.
 * Known by the part of the address before it, so that each new address is either understood or refused.
 */
export type ParameterKind = Kind | "secret" | "word";

const byPlace: Readonly<Record<string, ParameterKind>> = {
  "tickets/:id": "ticket",
  "attachments/:attachmentId": "attachment",
  "customers/:id": "customer",
  "sites/:id": "site",
  "people/:id": "person",
  "devices/:id": "device",
  "calendars/:id": "calendar",
  "sla-policies/:id": "policy",
  "agreements/:id": "agreement",
  "rotas/:id": "rota",
  "overrides/:overrideId": "override",
  "contact-points/:id": "contact_point",
  "push-subscriptions/:id": "contact_point",
  "notifications/:id": "notification",
  "saved-views/:id": "saved_view",
  "members/:id": "member",
  "duties/:staffId": "member",
  "api-keys/:id": "api_key",
  "sessions/:id": "session",
  "passkeys/:id": "passkey",
  "device-codes/:code": "secret",
  "visitor-reports/:token": "secret",
  "invitations/:token": "secret",
  "password-resets/:token": "secret",
  "acknowledgements/:token": "secret",
  "gateways/:kind": "word",
  "calendars/:file": "secret",
};

/** Things that belong to another, in the order in which an address names them. */
export const parentOf: Partial<Record<Kind, Kind>> = { attachment: "ticket", override: "rota" };

export function parameterKinds(route: Route): { name: string; kind: ParameterKind }[] {
  return route.params.map((name) => {
    const [, place] = new RegExp(`/([^/]+/:${name})(?:/|$)`).exec(route.url) ?? [];
    const kind = byPlace[place ?? ""];
    if (!kind) throw new Error(`${route.url}: nobody knows what :${name} names. Tell it in kinds.ts.`);
    return { name, kind };
  });
}

/** Members of bodies and queries that hold ids, by name. */
const byMember: Readonly<Record<string, Kind>> = {
  siteId: "site",
  customerId: "customer",
  requesterId: "person",
  deviceId: "device",
  deviceIds: "device",
  assigneeId: "member",
  memberIds: "member",
  staffId: "member",
  csmId: "member",
  tamId: "member",
  calendarId: "calendar",
  policyId: "policy",
  rotaId: "rota",
  ticketId: "ticket",
  attachmentIds: "attachment",
};

/** Members called like an id whose ids lie elsewhere, or nowhere yet. */
const byRouteAndMember: Readonly<Record<string, Kind | "nothing">> = {
  "POST /api/v1/ticket-changes ids": "ticket",
  "POST /api/v1/tickets serviceId": "nothing",
  "POST /api/v1/session/choose tenantId": "nothing",
};

export function memberKind(route: string, member: string): Kind | "nothing" {
  const kind = byRouteAndMember[`${route} ${member}`] ?? byMember[member];
  if (!kind) throw new Error(`${route}: nobody knows what the id in "${member}" names. Tell it in kinds.ts.`);
  return kind;
}
