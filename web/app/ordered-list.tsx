import { ActionIcon, CloseButton, Select } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./ordered-list.module.css";
import { PersonChip } from "./person-chip.tsx";

interface OrderedPeopleProps {
  label: string;
  description?: string;
  addLabel: string;
  ids: readonly string[];
  everyone: readonly { id: string; name: string }[];
  onChange(ids: string[]): void;
}

/** People in an order that matters: who is asked first. Moved by buttons, which work for every hand. */
export function OrderedPeople({ label, description, addLabel, ids, everyone, onChange }: OrderedPeopleProps) {
  const { t } = useTranslation("app");
  const nameOf = (id: string) => everyone.find((person) => person.id === id)?.name ?? "…";
  const swap = (index: number, other: number) => {
    const next = [...ids];
    const [a, b] = [next[index], next[other]];
    if (a === undefined || b === undefined) return;
    next[index] = b;
    next[other] = a;
    onChange(next);
  };
  return (
    <fieldset className={classes.root}>
      <legend>{label}</legend>
      {description && <p>{description}</p>}
      <ol>
        {ids.map((id, index) => (
          <li key={id}>
            <span className={classes.rank}>{index + 1}</span>
            <PersonChip name={nameOf(id)} />
            <span className={classes.tools}>
              <ActionIcon
                size="sm"
                aria-label={`${t("order.up")}: ${nameOf(id)}`}
                disabled={index === 0}
                onClick={() => swap(index, index - 1)}
              >
                <IconArrowUp size={16} stroke={1.6} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                aria-label={`${t("order.down")}: ${nameOf(id)}`}
                disabled={index === ids.length - 1}
                onClick={() => swap(index, index + 1)}
              >
                <IconArrowDown size={16} stroke={1.6} />
              </ActionIcon>
              <CloseButton
                size="sm"
                aria-label={`${t("action.remove")}: ${nameOf(id)}`}
                onClick={() => onChange(ids.filter((each) => each !== id))}
              />
            </span>
          </li>
        ))}
      </ol>
      <Select
        aria-label={addLabel}
        placeholder={addLabel}
        searchable
        data={everyone.filter(({ id }) => !ids.includes(id)).map(({ id, name }) => ({ value: id, label: name }))}
        value={null}
        onChange={(id) => id && onChange([...ids, id])}
      />
    </fieldset>
  );
}
