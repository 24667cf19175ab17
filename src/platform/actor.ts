/**
 * Who acts. `staff` belongs to the provider; `person` to one of its customers; `visitor` came by a QR code and is known
 * only by the reports it made; `system` has a name and no login, and exists only in reactions and jobs.
 */
export interface Actor {
  readonly kind: "staff" | "person" | "visitor" | "system";
  /** Staff id, person id or visitor id; all zeros for the system. */
  readonly id: string;
  readonly tenantId: string;
  readonly permissions: ReadonlySet<string>;
  /** Roles of staff, or `contact` and `user` of a person. */
  readonly roles: readonly string[];
  readonly locale: string;
  /** The session or API key that was used, to let its holder revoke it. */
  readonly credentialId?: string;
  readonly via: "session" | "api_key" | "link" | "system";
}

const nobody = "00000000-0000-0000-0000-000000000000";

export function systemActor(tenantId: string): Actor {
  return { kind: "system", id: nobody, tenantId, permissions: new Set(), roles: [], locale: "en", via: "system" };
}
