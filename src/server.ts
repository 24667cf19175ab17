import { join } from "node:path";
import type { FastifyBaseLogger } from "fastify";
import { calendarRoutes, calendarsReactions } from "./modules/calendars/index.ts";
import { contractRoutes, contractsReactions } from "./modules/contracts/index.ts";
import {
  contactCustomers,
  customersReactions,
  customersRoutes,
  personInvitationRoutes,
} from "./modules/customers/index.ts";
import { deviceRoutes } from "./modules/devices/index.ts";
import {
  attachmentRoutes,
  callJobs,
  callReactions,
  callRoutes,
  feedRoutes,
  firstContactPoints,
  presenceRoutes,
  promiseReactions,
  ratedReactions,
  searchReaction,
  startFirstTurns,
  sweepAttachments,
  ticketJobs,
  ticketRoutes,
  ticketSweeps,
  viewRoutes,
  visitorAuthenticator,
  visitorRoutes,
} from "./modules/helpdesk/index.ts";
import {
  identityJobs,
  identityRoutes,
  identitySweeps,
  listTenantIds,
  openIdentity,
  permissions,
} from "./modules/identity/index.ts";
import { qualityRoutes } from "./modules/quality/index.ts";
import type { Actor } from "./platform/actor.ts";
import { addApiDocs } from "./platform/api-docs.ts";
import { sealEvents } from "./platform/audit.ts";
import { openBlobStore, sweepIncoming } from "./platform/blob-store.ts";
import type { Config } from "./platform/config.ts";
import type { Database } from "./platform/db.ts";
import { closeDelivery } from "./platform/delivery/index.ts";
import { startEventRunner } from "./platform/event-runner.ts";
import { collectReactions } from "./platform/events.ts";
import { addHealth } from "./platform/health.ts";
import { type App, createApp } from "./platform/http.ts";
import { forgetOldAnswers } from "./platform/idempotency.ts";
import { installationGateways } from "./platform/installation-gateways.ts";
import { type Job, startJobCalls, startWorker } from "./platform/jobs.ts";
import { addStaticWeb } from "./platform/static-web.ts";
import { addStream, type HearingRule } from "./platform/stream.ts";
import { type Sweep, startSweeps } from "./platform/sweeps.ts";

/** Everything the product is made of, put together on one database. The only file that names every module. */
export interface Product {
  app: App;
  /** Runs jobs, delivers events and takes the sweeps in this process, until stopped. */
  startWork(): Promise<{ stop(): Promise<void> }>;
}

export async function buildProduct(config: Config, db: Database, log: FastifyBaseLogger): Promise<Product> {
  const identity = await openIdentity({ config, db, log });
  const blobs = openBlobStore(config);
  const authenticators = [...identity.authenticators, visitorAuthenticator(db)];
  const app = await createApp({ config, db, authenticators, knownPermissions: new Set(permissions), logger: log });
  const jobs: Job[] = [
    ...identityJobs(identity, await installationGateways(config)),
    ...ticketJobs(db),
    ...(await callJobs({ config, db })),
  ];
  const jobCalls = await startJobCalls(
    db,
    jobs.map((job) => job.name),
    log,
  );

  addApiDocs(app);
  addHealth(app);
  await identityRoutes(app, identity);
  calendarRoutes(app);
  customersRoutes(app);
  personInvitationRoutes(app, identity);
  contractRoutes(app);
  deviceRoutes(app);
  ticketRoutes(app);
  attachmentRoutes(app, blobs);
  viewRoutes(app);
  feedRoutes(app);
  presenceRoutes(app);
  visitorRoutes(app);
  await callRoutes(app, { config, db });
  qualityRoutes(app);
  await addStream(app, hearingRule(db), authenticators, log);
  await addStaticWeb(app, join(import.meta.dirname, "../dist/web"));
  const firstTurns = await startFirstTurns({ config, db }, log);
  app.addHook("onClose", async () => {
    jobCalls.stop();
    await firstTurns.stop();
  });

  const contactPoints = await firstContactPoints({ config, db });
  const reactions = collectReactions(
    [
      calendarsReactions,
      customersReactions,
      contractsReactions,
      callReactions,
      contactPoints.reactions,
      promiseReactions,
      ratedReactions,
    ],
    [searchReaction],
  );
  const everyTenant = async (work: (tenantId: string) => Promise<unknown>) => {
    for (const tenantId of await db.asGlobal(listTenantIds)) await work(tenantId);
  };
  const sweeps: Sweep[] = [
    ...identitySweeps(db),
    ...ticketSweeps(db),
    { name: "platform.seal", everySeconds: 60, run: () => everyTenant((tenantId) => sealEvents(db, tenantId)) },
    { name: "platform.answers", everySeconds: 3600, run: () => everyTenant((id) => forgetOldAnswers(db, id)) },
    {
      name: "helpdesk.attachments",
      everySeconds: 86_400,
      run: () => everyTenant((id) => sweepAttachments(db, blobs, id)),
    },
    { name: "helpdesk.contact_points", everySeconds: 600, run: () => everyTenant(contactPoints.sweep) },
    { name: "platform.uploads", everySeconds: 3600, run: () => sweepIncoming(config) },
  ];
  return {
    app,
    async startWork() {
      const worker = await startWorker(db, jobs, log);
      const events = startEventRunner(db, reactions, log);
      const looks = startSweeps(sweeps, log);
      return {
        async stop() {
          await Promise.all([looks.stop(), events.stop(), worker.stop()]);
          closeDelivery();
        },
      };
    },
  };
}

/** Which live news an actor hears: staff what their rights cover, people at customers what they may see. */
function hearingRule(db: Database): HearingRule {
  return async (actor: Actor) => {
    if (actor.kind === "staff") return (news) => actor.permissions.has(rightToHear(news.subjectKind));
    const customers =
      actor.kind === "person" ? await db.asTenant(actor.tenantId, (tx) => contactCustomers(tx, actor.id)) : [];
    return (news) => {
      if (!news.type.startsWith("helpdesk.") && !news.type.startsWith("quality.")) return false;
      if (news.audience.includes(actor.id)) return true;
      return customers.some(
        ({ customerId, siteId }) => customerId === news.customerId && (siteId === null || siteId === news.siteId),
      );
    };
  };
}

const rights: Readonly<Record<string, string>> = {
  ticket: "ticket.read",
  customer: "customer.read",
  site: "site.read",
  person: "person.read",
  device: "device.read",
  calendar: "calendar.read",
  sla_policy: "sla.read",
  agreement: "sla.read",
  priority_matrix: "sla.read",
  rota: "rota.read",
  escalation: "rota.read",
  contact_point: "channel.read",
  gateway: "channel.read",
  api_key: "provider.write",
};

function rightToHear(subjectKind: string): string {
  return rights[subjectKind] ?? "staff.read";
}
