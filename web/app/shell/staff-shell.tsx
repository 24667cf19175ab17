import "@mantine/notifications/styles.layer.css";
import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { Notifications } from "@mantine/notifications";
import { IconKeyboard, IconSearch } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFontsOf } from "../fonts.ts";
import { PageLoading } from "../page-loading.tsx";
import { useSession } from "../session.ts";
import { useShortcutKeys, useShortcuts } from "../shortcuts.ts";
import { openStream } from "../stream.ts";
import { undoLast } from "../undo-toast.tsx";
import { ConnectionMark } from "./connection-mark.tsx";
import { KeyboardHelp, KeyNames } from "./keyboard-help.tsx";
import { Mark } from "./mark.tsx";
import { OutboxMark } from "./outbox-mark.tsx";
import { Palette } from "./palette.tsx";
import { staffPlaces } from "./places.ts";
import classes from "./staff-shell.module.css";
import { UserMenu } from "./user-menu.tsx";

/** The console: a slim rail on a desk's screen, tabs under the thumb on a phone. */
export function StaffShell() {
  const { t } = useTranslation("app");
  const client = useQueryClient();
  const session = useSession();
  const [helpOpen, setHelpOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const places = staffPlaces(session);
  const here = places.find((place) => path.startsWith(place.to));

  useFontsOf(session.tenant.locale);
  useEffect(() => openStream(client), [client]);
  useShortcutKeys();
  useHotkeys([["mod+K", () => setPaletteOpen((isOpen) => !isOpen)]], [], true);
  useShortcuts([
    {
      keys: "mod+k",
      label: t("keys.palette"),
      group: t("keys.everywhere"),
      run: () => setPaletteOpen(true),
      shownOnly: true,
    },
    { keys: "?", label: t("keys.help"), group: t("keys.everywhere"), run: () => setHelpOpen(true) },
    { keys: "z", label: t("keys.undo"), group: t("keys.everywhere"), run: () => void undoLast() },
  ]);

  return (
    <div className={classes.shell}>
      <a href="#main" className="skip-link">
        {t("shell.skip")}
      </a>
      <nav className={`${classes.rail} no-print`} aria-label={t("shell.places")}>
        <Link to="/" className={classes.mark} aria-label="Mainstay">
          <Mark size={28} />
        </Link>
        <ul className={classes.places}>
          {places.map(({ to, key, Icon, ...place }) => (
            <li key={key} data-phone={place.onPhone} data-phone-only={"phoneOnly" in place || undefined}>
              <Tooltip label={t(`place.${key}`)} position="right" openDelay={300}>
                <Link
                  to={to}
                  className={classes.place}
                  data-here={here?.key === key || undefined}
                  aria-current={here?.key === key ? "page" : undefined}
                >
                  <Icon size={20} stroke={1.6} aria-hidden />
                  <span className={classes.placeName}>{t(`place.${key}`)}</span>
                </Link>
              </Tooltip>
            </li>
          ))}
        </ul>
        <Tooltip label={t("keys.help")} position="right">
          <ActionIcon size="lg" className={classes.help} aria-label={t("keys.help")} onClick={() => setHelpOpen(true)}>
            <IconKeyboard size={20} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </nav>
      <header className={`${classes.bar} no-print`}>
        <p className={classes.title}>{here ? t(`place.${here.key}`) : session.tenant.name}</p>
        <UnstyledButton className={classes.search} onClick={() => setPaletteOpen(true)}>
          <IconSearch size={16} stroke={1.6} aria-hidden />
          <span className={classes.searchText}>{t("shell.search")}</span>
          <KeyNames keys="mod+k" />
        </UnstyledButton>
        <div className={classes.tools}>
          <OutboxMark />
          <ConnectionMark />
          <UserMenu />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Suspense fallback={<PageLoading />}>
          <Outlet />
        </Suspense>
      </main>
      <Palette opened={paletteOpen} onClose={() => setPaletteOpen(false)} />
      <KeyboardHelp opened={helpOpen} onClose={() => setHelpOpen(false)} />
      <Notifications position="bottom-center" limit={4} zIndex={400} />
    </div>
  );
}
