import type { Config } from "../../platform/config.ts";
import type { Database } from "../../platform/db.ts";
import type { App } from "../../platform/http.ts";
import { type CallParts, openCalls } from "./call-parts.ts";
import { contactPointRoutes } from "./contact-point-routes.ts";
import { dutyRoutes } from "./duty-routes.ts";
import { escalationRoutes } from "./escalation-routes.ts";
import { gatewayRoutes } from "./gateway-routes.ts";
import { notificationRoutes } from "./notification-routes.ts";
import { rotaRoutes } from "./rota-routes.ts";

/** Who is called, over what, and who is next. */
export async function callRoutes(app: App, installation: { config: Config; db: Database }): Promise<void> {
  addCallRoutes(app, await openCalls(installation));
}

export function addCallRoutes(app: App, parts: CallParts): void {
  notificationRoutes(app, parts);
  contactPointRoutes(app, parts);
  rotaRoutes(app);
  dutyRoutes(app);
  escalationRoutes(app);
  gatewayRoutes(app, parts);
}
