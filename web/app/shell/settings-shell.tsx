import { Link, Navigate, Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { PageLoading } from "../page-loading.tsx";
import { useSession } from "../session.ts";
import { settingsGroups, settingsPages } from "./settings-pages.ts";
import classes from "./settings-shell.module.css";

export function SettingsShell() {
  const { t } = useTranslation("app");
  const { permissions } = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const pages = settingsPages.filter((page) => permissions.includes(page.permission));
  return (
    <div className={classes.layout}>
      <nav className={`${classes.nav} no-print`} aria-label={t("place.settings")}>
        {settingsGroups.map((group) => {
          const inGroup = pages.filter((page) => page.group === group);
          if (inGroup.length === 0) return null;
          return (
            <div key={group} className={classes.group}>
              <p className={classes.heading}>{t(`settings.group.${group}`)}</p>
              <ul>
                {inGroup.map(({ key, to }) => (
                  <li key={key}>
                    <Link to={to} className={classes.link} aria-current={path.startsWith(to) ? "page" : undefined}>
                      {t(`settings.${key}`)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </nav>
      <div className={classes.page}>
        <Suspense fallback={<PageLoading />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}

/** Settings open where their visitor can do most. */
export function SettingsStart() {
  const { permissions } = useSession();
  return <Navigate to={permissions.includes("staff.write") ? "/settings/staff" : "/settings/account"} replace />;
}
