import type { App } from "../../platform/http.ts";
import { Me, Setup, SignUp } from "./api.ts";
import type { Identity } from "./identity.ts";
import { signUp } from "./sign-up.ts";
import { hasTenants } from "./tenants.sql.ts";

export function setupRoutes(app: App, identity: Identity): void {
  app.get(
    "/api/v1/setup",
    {
      config: { permission: "public" },
      schema: { summary: "Whether this installation awaits its first provider", response: { 200: Setup } },
    },
    async () => ({ needed: !(await identity.db.asGlobal(hasTenants)), passkeys: identity.library.passkeys }),
  );

  app.post(
    "/api/v1/setup",
    {
      config: { permission: "public" },
      schema: { summary: "The first provider of an installation, and its owner", body: SignUp, response: { 201: Me } },
    },
    async (request, reply) => {
      const me = await signUp(identity, request, reply, request.body, "first");
      reply.code(201);
      return me;
    },
  );

  app.post(
    "/api/v1/providers",
    {
      config: { permission: "public" },
      schema: { summary: "A provider signs itself up", body: SignUp, response: { 201: Me } },
    },
    async (request, reply) => {
      const me = await signUp(identity, request, reply, request.body, "any");
      reply.code(201);
      return me;
    },
  );
}
