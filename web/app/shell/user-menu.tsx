import { Menu, UnstyledButton } from "@mantine/core";
import { IconLogout, IconUserCog } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PersonFace } from "../person-chip.tsx";
import { signOut, useSession } from "../session.ts";
import { tellProblem } from "../undo-toast.tsx";
import { PreferenceItems } from "./preferences-menu.tsx";
import classes from "./user-menu.module.css";

export function UserMenu() {
  const { t } = useTranslation("app");
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();

  async function leave() {
    try {
      await signOut(client, () => navigate({ to: "/sign-in" }));
    } catch (error) {
      tellProblem(error);
    }
  }

  return (
    <Menu width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={t("menu.user", { name: session.name })}>
          <PersonFace name={session.name} size={32} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <span className={classes.name}>{session.name}</span>
          <span className={classes.tenant}>{session.tenant.name}</span>
        </div>
        <Menu.Divider />
        {session.kind === "staff" && (
          <Menu.Item
            leftSection={<IconUserCog size={16} stroke={1.6} />}
            onClick={() => void navigate({ to: "/settings/account" })}
          >
            {t("menu.account")}
          </Menu.Item>
        )}
        {session.kind === "staff" && <Menu.Divider />}
        <PreferenceItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void leave()}>
          {t("menu.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
