import { Modal, useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { get, type Page } from "../api.ts";
import { languageNames, languages } from "../languages.ts";
import { usePageCommands } from "../page-commands.ts";
import { useSession } from "../session.ts";
import { chooseLanguage } from "../texts.ts";
import classes from "./palette.module.css";
import { staffPlaces } from "./places.ts";
import { settingsPages } from "./settings-pages.ts";

interface FoundTicket {
  id: string;
  number: string;
  subject: string;
  siteName: string | null;
  customerName: string | null;
}

interface Choice {
  id: string;
  label: string;
  description?: string;
  run(): void;
}

const mostCommands = 12;

/** Everything by name: what can be done with what is open, places, tickets. */
export function Palette({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation("app");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={600}
      yOffset={80}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.32 }}
      styles={{ body: { padding: 0 } }}
      attributes={{ content: { "aria-label": t("keys.palette") } }}
    >
      <Choices onClose={onClose} />
    </Modal>
  );
}

/** Enter does what is marked, and what is marked is always among what is shown for the words that stand in the field. */
function Choices({ onClose }: { onClose(): void }) {
  const { t } = useTranslation("app");
  const [query, setQuery] = useState("");
  const [markedId, setMarkedId] = useState<string>();
  const { tickets, isAsking } = useFoundTickets(query.trim());
  const commands = useCommands();
  const here = usePageCommands().map(({ label, run }, index): Choice => ({ id: `here-${index}`, label, run }));
  const matches = ({ label }: Choice) => label.toLowerCase().includes(query.trim().toLowerCase());

  // Tickets come a moment later than the rest: standing last, they move nothing that someone is about to choose.
  const groups = [
    { name: t("palette.here"), choices: here.filter(matches) },
    { name: t("palette.commands"), choices: commands.filter(matches).slice(0, mostCommands) },
    { name: t("palette.tickets"), choices: tickets },
  ].filter(({ choices }) => choices.length > 0);
  const all = groups.flatMap(({ choices }) => choices);
  const marked = all.find(({ id }) => id === markedId) ?? all[0];

  const choose = (choice: Choice) => {
    onClose();
    choice.run();
  };
  const mark = (by: 1 | -1) => {
    const from = marked ? all.indexOf(marked) : 0;
    setMarkedId(all[(from + by + all.length) % all.length]?.id);
  };
  const answerKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const answers: Record<string, () => void> = {
      ArrowDown: () => mark(1),
      ArrowUp: () => mark(-1),
      Enter: () => marked && choose(marked),
    };
    const answer = answers[event.key];
    if (!answer) return;
    event.preventDefault();
    answer();
  };

  return (
    <>
      <div className={classes.asking}>
        <IconSearch size={18} stroke={1.6} aria-hidden />
        <input
          data-autofocus
          className={classes.field}
          role="combobox"
          aria-expanded
          aria-controls="palette-choices"
          aria-activedescendant={marked && domId(marked)}
          aria-label={t("palette.ask")}
          placeholder={t("palette.ask")}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setMarkedId(undefined);
          }}
          onKeyDown={answerKey}
        />
      </div>
      <div id="palette-choices" role="listbox" aria-label={t("keys.palette")} className={classes.choices}>
        {groups.map(({ name, choices }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
          <div key={name} role="group" aria-label={name}>
            <p className={classes.group} aria-hidden>
              {name}
            </p>
            {choices.map((choice) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are answered by the field, which keeps the focus
              <div
                key={choice.id}
                id={domId(choice)}
                ref={choice === marked ? bringIntoView : undefined}
                role="option"
                tabIndex={-1}
                aria-selected={choice === marked}
                className={classes.choice}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(choice)}
              >
                {choice.label}
                {choice.description && <span className={classes.description}>{choice.description}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      {all.length === 0 && !isAsking && (
        <p role="status" className={classes.nothing}>
          {t("palette.nothing")}
        </p>
      )}
    </>
  );
}

const domId = ({ id }: Choice) => `palette-${id.replaceAll("/", "-")}`;
const bringIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" });

/** Tickets for exactly these words; none while they are being looked for. */
function useFoundTickets(words: string): { tickets: Choice[]; isAsking: boolean } {
  const navigate = useNavigate();
  const [asked] = useDebouncedValue(words, 150);
  const isEnough = words.length > 1;
  const found = useQuery({
    queryKey: ["helpdesk", "palette", asked],
    queryFn: ({ signal }) => get<Page<FoundTicket>>("/tickets", { q: asked, limit: 8 }, signal),
    enabled: asked.length > 1,
  });
  const items = isEnough && asked === words ? (found.data?.items ?? []) : [];
  const tickets = items.map(({ id, number, subject, siteName, customerName }) => ({
    id,
    label: subject,
    description: [number, siteName ?? customerName].filter(Boolean).join(" · "),
    run: () => void navigate({ to: "/desk/$ticketId", params: { ticketId: id } }),
  }));
  return { tickets, isAsking: isEnough && (asked !== words || found.isFetching) };
}

/** Where one can go and what one can set, from anywhere. */
function useCommands(): Choice[] {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const session = useSession();
  const { setColorScheme } = useMantineColorScheme();
  return [
    ...staffPlaces(session).map(({ key, to }) => ({
      id: to,
      label: t(`place.${key}`),
      run: () => void navigate({ to }),
    })),
    ...settingsPages
      .filter((page) => session.permissions.includes(page.permission))
      .map(({ key, to }) => ({
        id: to,
        label: `${t("place.settings")} › ${t(`settings.${key}`)}`,
        run: () => void navigate({ to }),
      })),
    ...(["light", "dark", "auto"] as const).map((scheme) => ({
      id: `scheme-${scheme}`,
      label: `${t("menu.colours")}: ${t(`menu.scheme.${scheme}`)}`,
      run: () => setColorScheme(scheme),
    })),
    ...languages.map((language) => ({
      id: `language-${language}`,
      label: `${t("menu.language")}: ${languageNames[language]}`,
      run: () => void chooseLanguage(language),
    })),
  ];
}
