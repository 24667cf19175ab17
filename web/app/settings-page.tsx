import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import classes from "./settings-page.module.css";

interface SettingsPageProps {
  title: string;
  lead?: string;
  action?: ReactNode;
  children: ReactNode;
}

/** The frame of a settings page: what it is for, what one can add, and the things themselves. */
export function SettingsPage({ title, lead, action, children }: SettingsPageProps) {
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div>
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {action && <div className={classes.action}>{action}</div>}
      </header>
      {children}
    </div>
  );
}

export function SettingsSection({ title, lead, action, children }: SettingsPageProps) {
  return (
    <section className={classes.section}>
      <header className={classes.sectionHead}>
        <div>
          <h2>{title}</h2>
          {lead && <p>{lead}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}

export function SearchField({ label, onSearch }: { label: string; onSearch(text: string): void }) {
  const [text, setText] = useState("");
  const later = useDebouncedCallback((next: string) => onSearch(next.trim()), 250);
  return (
    <TextInput
      type="search"
      variant="filled"
      className={classes.search}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.6} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}
