import type { App } from "../../platform/http.ts";
import type { Identity } from "./identity.ts";
import { memberRoutes } from "./member-routes.ts";
import { securityRoutes } from "./security-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { setupRoutes } from "./setup-routes.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** For modules that invite people or send mail about logins. There once `identityRoutes` was called. */
    identity: Identity;
  }
}

/** Every address of this module, and `app.identity` for the modules after it. */
export function identityRoutes(app: App, identity: Identity): void {
  app.decorate("identity", identity);
  setupRoutes(app, identity);
  sessionRoutes(app, identity);
  securityRoutes(app, identity);
  memberRoutes(app, identity);
}
