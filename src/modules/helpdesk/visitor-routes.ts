import { Type } from "typebox";
import { type App, runAs } from "../../platform/http.ts";
import { nextNumber } from "../../platform/number-blocks.ts";
import { Refusal } from "../../platform/refusal.ts";
import { findDeviceByCode } from "../devices/index.ts";
import { findTenant } from "../identity/index.ts";
import { OpenReports, OwnReport, ReportByCode, ReportReceipt, VisitorContact } from "./api.ts";
import { getTicket } from "./find-ticket.ts";
import { listJournal } from "./journal.sql.ts";
import { reportByCode, strangerAt } from "./report-by-code.ts";
import { findVisitorActor, hashOf, visitorCookie } from "./visitor-token.ts";
import { changeVisitor, findOpenReports, findVisitorByToken, findVisitorTicket } from "./visitors.sql.ts";

const byCode = Type.Object({ code: Type.String({ maxLength: 64 }) });
const byToken = Type.Object({ token: Type.String({ maxLength: 100 }) });
const cookieDays = 90;

/** The user's page: a QR label opens it without a login, a link leads back to one's own report. */
export function visitorRoutes(app: App): void {
  app.get(
    "/api/v1/device-codes/:code/open-reports",
    {
      config: { permission: "public" },
      schema: {
        summary: "What is already being worked on at this device",
        params: byCode,
        response: { 200: OpenReports },
      },
    },
    async (request) => {
      const { tenantId, deviceId } = await deviceOf(app, request.params.code);
      return { items: await app.db.asTenant(tenantId, (tx) => findOpenReports(tx, deviceId)) };
    },
  );

  app.post(
    "/api/v1/device-codes/:code/reports",
    {
      config: { permission: "public", keepsAnswer: true, rateLimit: { max: 30, timeWindow: "1 minute" } },
      schema: {
        summary: "Reports a fault by the label of a device, without a login",
        params: byCode,
        body: ReportByCode,
        response: { 201: ReportReceipt },
      },
    },
    async (request, reply) => {
      const device = await deviceOf(app, request.params.code);
      const { tenantId } = device;
      const signedIn = request.maybeActor;
      const known = signedIn?.tenantId === tenantId && signedIn?.kind !== "visitor" ? signedIn : undefined;
      const asker = known ?? strangerAt(tenantId, request.body.locale ?? "en");
      reply.code(201);
      const receipt = await runAs(app.db, request, asker, (tx) =>
        reportByCode(tx, asker, device, request.body, (prefix) => nextNumber(app.db, tenantId, prefix)),
      );
      if (receipt.token) setCookie(app, reply, receipt.token);
      return receipt;
    },
  );

  app.get(
    "/api/v1/visitor-reports/:token",
    {
      config: { permission: "public" },
      schema: { summary: "The report that a visitor's link is about", params: byToken, response: { 200: OwnReport } },
    },
    async (request, reply) => {
      const { token } = request.params;
      const actor = await visitorOf(app, token);
      setCookie(app, reply, token);
      return app.db.asTenant(actor.tenantId, async (tx) => {
        const provider = await findTenant(tx);
        const own = await findVisitorTicket(tx, actor.id);
        const visitor = await findVisitorByToken(tx, hashOf(token));
        if (!own || !visitor) throw unknownLink();
        const ticket = await getTicket(tx, actor, own.id);
        const { items } = await listJournal(tx, actor, own.id, { limit: 200 });
        const { name, email, phone } = visitor;
        return {
          ticket,
          journal: items,
          provider: { name: provider.name, locale: provider.locale },
          visitor: { name, email, phone },
        };
      });
    },
  );

  app.put(
    "/api/v1/visitor-reports/:token/contact",
    {
      config: { permission: "public" },
      schema: {
        summary: "Leaves a name, mail address or phone number, to be told how it goes",
        params: byToken,
        body: VisitorContact,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const actor = await visitorOf(app, request.params.token);
      const { name = null, email = null, phone = null } = request.body;
      reply.code(204);
      await app.db.asTenant(actor.tenantId, (tx) => changeVisitor(tx, actor.id, { name, email, phone }));
      return null;
    },
  );
}

async function deviceOf(app: App, code: string) {
  const device = await findDeviceByCode(app.db, code);
  if (!device) throw new Refusal("not_found", "label_unknown", "This label is not known. It may have been replaced.");
  return device;
}

async function visitorOf(app: App, token: string) {
  const actor = await findVisitorActor(app.db, token);
  if (!actor) throw unknownLink();
  return actor;
}

function unknownLink(): Refusal {
  return new Refusal("not_found", "link_unknown", "This link is not known.");
}

function setCookie(app: App, reply: import("fastify").FastifyReply, token: string): void {
  reply.setCookie(visitorCookie, token, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: app.settings.publicUrl.startsWith("https:"),
    maxAge: cookieDays * 86_400,
  });
}
