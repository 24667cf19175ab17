import { ActionIcon, Menu } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PreferenceItems } from "../app/shell/preferences-menu.tsx";
import classes from "./visitor-frame.module.css";

/** The page of someone who has no login: the provider's name, one column, nothing else. */
export function VisitorFrame({ provider, children }: { provider: string; children: ReactNode }) {
  const { t } = useTranslation("app");
  return (
    <div className={`${classes.page} airy`}>
      <header className={`${classes.bar} no-print`}>
        <span className={classes.provider}>{provider}</span>
        <Menu width={220}>
          <Menu.Target>
            <ActionIcon size="xl" aria-label={t("menu.preferences")}>
              <IconLanguage size={22} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <PreferenceItems />
          </Menu.Dropdown>
        </Menu>
      </header>
      <main id="main" className={classes.main}>
        {children}
      </main>
    </div>
  );
}
