import { Kbd, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listShortcuts } from "../shortcuts.ts";
import classes from "./keyboard-help.module.css";

export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation("app");
  const groups = opened ? Map.groupBy(listShortcuts(), (shortcut) => shortcut.group) : new Map();
  return (
    <Modal opened={opened} onClose={onClose} title={t("keys.title")} size={560}>
      <div className={classes.groups}>
        {[...groups].map(([group, shortcuts]) => (
          <section key={group}>
            <h3 className={classes.heading}>{group}</h3>
            <dl className={classes.list}>
              {shortcuts.map((shortcut: { keys: string; label: string }) => (
                <div key={shortcut.keys} className={classes.row}>
                  <dt>{shortcut.label}</dt>
                  <dd>
                    <KeyNames keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

export function KeyNames({ keys }: { keys: string }) {
  const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const names: Record<string, string> = { mod: apple ? "⌘" : "Ctrl", Escape: "Esc", Enter: "↵", " ": "␣" };
  return (
    <span className={classes.keys}>
      {keys.split("+").map((key) => (
        <Kbd key={key} size="xs">
          {names[key] ?? (key.length === 1 && keys.includes("+") ? key.toUpperCase() : key)}
        </Kbd>
      ))}
    </span>
  );
}
