import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { readDeskSearch } from "../helpdesk/desk-search.ts";
import { CrashPage } from "./crash-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { PageLoading } from "./page-loading.tsx";
import { homeOf, sessionQuery, setupQuery } from "./session.ts";

interface Context {
  client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFoundPage });

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async ({ context: { client } }) => {
    const session = await client.ensureQueryData(sessionQuery);
    if (session) throw redirect({ to: homeOf(session) });
    const setup = await client.ensureQueryData(setupQuery);
    throw redirect({ to: setup.needed ? "/setup" : "/sign-in" });
  },
});

// Doors: no login needed.
const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("../identity/setup-page.tsx"), "SetupPage"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): { next?: string } =>
    typeof search.next === "string" && /^\/(?!\/)/.test(search.next) ? { next: search.next } : {},
  component: lazyRouteComponent(() => import("../identity/sign-in-page.tsx"), "SignInPage"),
});
const join = createRoute({
  getParentRoute: () => root,
  path: "/invitation/$token",
  component: lazyRouteComponent(() => import("../identity/join-page.tsx"), "JoinPage"),
});
const newPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password/$token",
  component: lazyRouteComponent(() => import("../identity/new-password-page.tsx"), "NewPasswordPage"),
});
const report = createRoute({
  getParentRoute: () => root,
  path: "/r/$deviceCode",
  component: lazyRouteComponent(() => import("../helpdesk/report-page.tsx"), "ReportPage"),
});
const follow = createRoute({
  getParentRoute: () => root,
  path: "/t/$token",
  component: lazyRouteComponent(() => import("../helpdesk/follow-page.tsx"), "FollowPage"),
});

const signedIn = (kind: "staff" | "person") => async (options: { context: Context; location: { href: string } }) => {
  const session = await options.context.client.ensureQueryData(sessionQuery);
  if (!session) throw redirect({ to: "/sign-in", search: { next: options.location.href } });
  if (session.kind !== kind) throw redirect({ to: homeOf(session) });
};

// The provider's people.
const staff = createRoute({
  getParentRoute: () => root,
  id: "staff",
  beforeLoad: signedIn("staff"),
  component: lazyRouteComponent(() => import("./shell/staff-shell.tsx"), "StaffShell"),
});
const desk = createRoute({
  getParentRoute: () => staff,
  path: "/desk",
  validateSearch: readDeskSearch,
  component: lazyRouteComponent(() => import("../helpdesk/desk-page.tsx"), "DeskPage"),
});
const deskTicket = createRoute({ getParentRoute: () => desk, path: "$ticketId" });
const myWork = createRoute({
  getParentRoute: () => staff,
  path: "/my-work",
  component: lazyRouteComponent(() => import("../helpdesk/my-work-page.tsx"), "MyWorkPage"),
});
const myJob = createRoute({
  getParentRoute: () => staff,
  path: "/my-work/$ticketId",
  component: lazyRouteComponent(() => import("../helpdesk/job-page.tsx"), "JobPage"),
});
const scan = createRoute({
  getParentRoute: () => staff,
  path: "/scan",
  component: lazyRouteComponent(() => import("../devices/scan-page.tsx"), "ScanPage"),
});
const myQuality = createRoute({
  getParentRoute: () => staff,
  path: "/my-quality",
  component: lazyRouteComponent(() => import("../quality/my-quality-page.tsx"), "MyQualityPage"),
});
const teamQuality = createRoute({
  getParentRoute: () => staff,
  path: "/team-quality",
  component: lazyRouteComponent(() => import("../quality/team-quality-page.tsx"), "TeamQualityPage"),
});

const settings = createRoute({
  getParentRoute: () => staff,
  path: "/settings",
  component: lazyRouteComponent(() => import("./shell/settings-shell.tsx"), "SettingsShell"),
});
const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: "/",
  component: lazyRouteComponent(() => import("./shell/settings-shell.tsx"), "SettingsStart"),
});
const account = createRoute({
  getParentRoute: () => settings,
  path: "account",
  component: lazyRouteComponent(() => import("../identity/account-page.tsx"), "AccountPage"),
});
const staffList = createRoute({
  getParentRoute: () => settings,
  path: "staff",
  component: lazyRouteComponent(() => import("../identity/staff-page.tsx"), "StaffPage"),
});
const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: "api-keys",
  component: lazyRouteComponent(() => import("../identity/api-keys-page.tsx"), "ApiKeysPage"),
});
const rotas = createRoute({
  getParentRoute: () => settings,
  path: "rotas",
  component: lazyRouteComponent(() => import("../helpdesk/rotas-page.tsx"), "RotasPage"),
});
const channels = createRoute({
  getParentRoute: () => settings,
  path: "channels",
  component: lazyRouteComponent(() => import("../helpdesk/channels-page.tsx"), "ChannelsPage"),
});
const customers = createRoute({
  getParentRoute: () => settings,
  path: "customers",
  component: lazyRouteComponent(() => import("../customers/customers-page.tsx"), "CustomersPage"),
});
const sites = createRoute({
  getParentRoute: () => settings,
  path: "sites",
  validateSearch: readCustomerSearch,
  component: lazyRouteComponent(() => import("../customers/sites-page.tsx"), "SitesPage"),
});
const people = createRoute({
  getParentRoute: () => settings,
  path: "people",
  validateSearch: readCustomerSearch,
  component: lazyRouteComponent(() => import("../customers/people-page.tsx"), "PeoplePage"),
});
const devices = createRoute({
  getParentRoute: () => settings,
  path: "devices",
  validateSearch: readCustomerSearch,
  component: lazyRouteComponent(() => import("../devices/devices-page.tsx"), "DevicesPage"),
});
const calendars = createRoute({
  getParentRoute: () => settings,
  path: "calendars",
  component: lazyRouteComponent(() => import("../calendars/calendars-page.tsx"), "CalendarsPage"),
});
const slas = createRoute({
  getParentRoute: () => settings,
  path: "slas",
  component: lazyRouteComponent(() => import("../contracts/slas-page.tsx"), "SlasPage"),
});
const priorities = createRoute({
  getParentRoute: () => settings,
  path: "priorities",
  component: lazyRouteComponent(() => import("../helpdesk/priorities-page.tsx"), "PrioritiesPage"),
});

// The customer's people.
const person = createRoute({
  getParentRoute: () => root,
  id: "person",
  beforeLoad: signedIn("person"),
  component: lazyRouteComponent(() => import("./shell/portal-shell.tsx"), "PortalShell"),
});
const portal = createRoute({
  getParentRoute: () => person,
  path: "/portal",
  component: lazyRouteComponent(() => import("../quality/portal-page.tsx"), "PortalPage"),
});
const portalTicket = createRoute({
  getParentRoute: () => person,
  path: "/portal/tickets/$ticketId",
  component: lazyRouteComponent(() => import("../helpdesk/portal-ticket-page.tsx"), "PortalTicketPage"),
});

const tree = root.addChildren([
  start,
  setUp,
  signIn,
  join,
  newPassword,
  report,
  follow,
  staff.addChildren([
    desk.addChildren([deskTicket]),
    myWork,
    myJob,
    scan,
    myQuality,
    teamQuality,
    settings.addChildren([
      settingsStart,
      account,
      staffList,
      apiKeys,
      rotas,
      channels,
      customers,
      sites,
      people,
      devices,
      calendars,
      slas,
      priorities,
    ]),
  ]),
  person.addChildren([portal, portalTicket]),
]);

function readCustomerSearch(search: Record<string, unknown>): { customerId?: string; siteId?: string } {
  return {
    ...(typeof search.customerId === "string" ? { customerId: search.customerId } : {}),
    ...(typeof search.siteId === "string" ? { siteId: search.siteId } : {}),
  };
}

export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    defaultPendingComponent: PageLoading,
    defaultPendingMs: 300,
    defaultErrorComponent: ({ error, reset }) => <CrashPage error={error} onRetry={reset} />,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
