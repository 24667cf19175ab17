import { ActionIcon, Menu } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Mark } from "../app/shell/mark.tsx";
import { PreferenceItems } from "../app/shell/preferences-menu.tsx";
import classes from "./door.module.css";

/** The frame of every page before the sign-in: one column, one thing to do. */
export function Door({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation("app");
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <span className={classes.brand}>
          <Mark size={28} />
          Mainstay
        </span>
        <Menu width={220}>
          <Menu.Target>
            <ActionIcon size="lg" aria-label={t("menu.preferences")}>
              <IconLanguage size={20} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <PreferenceItems />
          </Menu.Dropdown>
        </Menu>
      </header>
      <main className={classes.main}>
        <h1 className={classes.title}>{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
        {children}
      </main>
    </div>
  );
}
