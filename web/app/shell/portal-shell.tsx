import "@mantine/notifications/styles.layer.css";
import { Notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useFontsOf } from "../fonts.ts";
import { PageLoading } from "../page-loading.tsx";
import { useSession } from "../session.ts";
import { openStream } from "../stream.ts";
import { ConnectionMark } from "./connection-mark.tsx";
import classes from "./portal-shell.module.css";
import { UserMenu } from "./user-menu.tsx";

/** The customer's side: the provider's name, one's own affairs, and room. */
export function PortalShell() {
  const { t } = useTranslation("app");
  const client = useQueryClient();
  const session = useSession();
  useFontsOf(session.tenant.locale);
  useEffect(() => openStream(client), [client]);
  return (
    <div className={`${classes.shell} airy`}>
      <a href="#main" className="skip-link">
        {t("shell.skip")}
      </a>
      <header className={`${classes.bar} no-print`}>
        <div className={classes.inner}>
          <Link to="/portal" className={classes.provider}>
            {session.tenant.name}
          </Link>
          <ConnectionMark />
          <UserMenu />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Suspense fallback={<PageLoading />}>
          <Outlet />
        </Suspense>
      </main>
      <Notifications position="bottom-center" limit={4} zIndex={400} />
    </div>
  );
}
