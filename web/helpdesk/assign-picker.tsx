import { Button, Combobox, useCombobox } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PersonChip } from "../app/person-chip.tsx";
import { useSession } from "../app/session.ts";
import { useMembers } from "../identity/members.ts";

interface AssignPickerProps {
  opened: boolean;
  onOpened(opened: boolean): void;
  assigneeId: string | null;
  onAssign(member: { id: string; name: string } | null): void;
}

/** Type two letters, press Enter. */
export function AssignPicker({ opened, onOpened, assigneeId, onAssign }: AssignPickerProps) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const session = useSession();
  const members = useMembers();
  const [query, setQuery] = useState("");
  const combobox = useCombobox({
    opened,
    onOpenedChange: onOpened,
    onDropdownClose: () => setQuery(""),
  });
  useEffect(() => {
    if (!opened) return;
    combobox.focusSearchInput();
    combobox.selectFirstOption();
  }, [opened, combobox]);
  const wanted = query.trim().toLowerCase();
  const found = members
    .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(b.id === session.id) - Number(a.id === session.id));

  return (
    <Combobox
      store={combobox}
      position="bottom-end"
      width={260}
      onOptionSubmit={(value) => {
        const member = members.find(({ id }) => id === value);
        onAssign(member ? { id: member.id, name: member.name } : null);
        onOpened(false);
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button variant="default" leftSection={<IconUser size={16} stroke={1.6} />} onClick={() => onOpened(!opened)}>
          {word("verb.assign")}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          autoFocus
          value={query}
          placeholder={t("assign.search")}
          aria-label={t("assign.search")}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
        />
        <Combobox.Options mah={320} style={{ overflowY: "auto" }}>
          {found.map(({ id, name }) => (
            <Combobox.Option key={id} value={id} active={id === assigneeId}>
              <PersonChip name={name} />
              {id === session.id && <span className="dim"> {t("assign.me")}</span>}
            </Combobox.Option>
          ))}
          {assigneeId !== null && wanted === "" && (
            <Combobox.Option value="">
              <span className="dim">{t("assign.nobody")}</span>
            </Combobox.Option>
          )}
          {found.length === 0 && <Combobox.Empty>{t("assign.none")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
