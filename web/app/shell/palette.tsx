import { useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, type SpotlightActionData, spotlight } from "@mantine/spotlight";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, type Page } from "../api.ts";
import { languageNames, languages } from "../languages.ts";
import { usePageCommands } from "../page-commands.ts";
import { useSession } from "../session.ts";
import { chooseLanguage } from "../texts.ts";
import classes from "./palette.module.css";
import { staffPlaces } from "./places.ts";
import { settingsPages } from "./settings-pages.ts";

export const openPalette = () => spotlight.open();

interface FoundTicket {
  id: string;
  number: string;
  subject: string;
  siteName: string | null;
  customerName: string | null;
}

/** Everything by name: tickets, places, and what can be done with what is open. */
export function Palette() {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const session = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const [query, setQuery] = useState("");
  const [asked] = useDebouncedValue(query.trim(), 150);
  const pageCommands = usePageCommands();
  const found = useQuery({
    queryKey: ["helpdesk", "palette", asked],
    queryFn: ({ signal }) => get<Page<FoundTicket>>("/tickets", { q: asked, limit: 8 }, signal),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  });

  const commands: SpotlightActionData[] = [
    ...staffPlaces(session).map(({ key, to }) => ({
      id: to,
      label: t(`place.${key}`),
      onClick: () => void navigate({ to }),
    })),
    ...settingsPages
      .filter((page) => session.permissions.includes(page.permission))
      .map(({ key, to }) => ({
        id: to,
        label: `${t("place.settings")} › ${t(`settings.${key}`)}`,
        onClick: () => void navigate({ to }),
      })),
    ...(["light", "dark", "auto"] as const).map((scheme) => ({
      id: `scheme-${scheme}`,
      label: `${t("menu.colours")}: ${t(`menu.scheme.${scheme}`)}`,
      onClick: () => setColorScheme(scheme),
    })),
    ...languages.map((language) => ({
      id: `language-${language}`,
      label: `${t("menu.language")}: ${languageNames[language]}`,
      onClick: () => void chooseLanguage(language),
    })),
  ];
  const matches = (action: SpotlightActionData) => action.label?.toLowerCase().includes(query.trim().toLowerCase());
  const tickets: SpotlightActionData[] =
    asked.length > 1
      ? (found.data?.items ?? []).map((ticket) => ({
          id: ticket.id,
          label: ticket.subject,
          description: [ticket.number, ticket.siteName ?? ticket.customerName].filter(Boolean).join(" · "),
          onClick: () => void navigate({ to: "/desk/$ticketId", params: { ticketId: ticket.id } }),
        }))
      : [];
  const here: SpotlightActionData[] = pageCommands.map((command, index) => ({
    id: `here-${index}`,
    label: command.label,
    onClick: command.run,
  }));

  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      attributes={{ content: { "aria-label": t("keys.palette") } }}
      shortcut={["mod + K"]}
      tagsToIgnore={[]}
      triggerOnContentEditable
      scrollable
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.32 }}
      classNames={{ actionsGroup: classes.group ?? "" }}
      maxHeight={480}
      nothingFound={t("palette.nothing")}
      filter={(_query, actions) => actions}
      searchProps={{ placeholder: t("palette.ask"), "aria-label": t("palette.ask") }}
      actions={[
        { group: t("palette.here"), actions: here.filter(matches) },
        { group: t("palette.tickets"), actions: tickets },
        { group: t("palette.commands"), actions: commands.filter(matches).slice(0, 12) },
      ].filter((group) => group.actions.length > 0)}
    />
  );
}
