import { Checkbox, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { customersQuery } from "../customers/customers.ts";
import { useMembers } from "../identity/members.ts";
import { type DeskSearch, filterKinds, filterPriorities, filterStates } from "./desk-search.ts";
import classes from "./list-header.module.css";

export function FilterForm({ search, onNarrow }: { search: DeskSearch; onNarrow(search: DeskSearch): void }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const members = useMembers();
  const customers = useQuery(customersQuery).data ?? [];
  const set = (change: { [K in keyof DeskSearch]: DeskSearch[K] | undefined }) =>
    onNarrow(
      Object.fromEntries(
        Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== null),
      ),
    );
  const toggled = <T extends string>(list: readonly T[] | undefined, value: T): T[] | undefined => {
    const next = list?.includes(value) ? list.filter((each) => each !== value) : [...(list ?? []), value];
    return next.length > 0 ? next : undefined;
  };
  const inPopover = { withinPortal: false } as const;

  return (
    <div className={classes.form}>
      <fieldset className={classes.choices}>
        <legend>{t("filter.priority")}</legend>
        {filterPriorities.map((priority) => (
          <Checkbox
            key={priority}
            label={word(`priority.${priority}`)}
            checked={search.priority?.includes(priority) ?? false}
            onChange={() => set({ priority: toggled(search.priority, priority) })}
          />
        ))}
      </fieldset>
      <fieldset className={classes.choices}>
        <legend>{t("filter.state")}</legend>
        {filterStates.map((state) => (
          <Checkbox
            key={state}
            label={word(`state.${state as "new"}`)}
            checked={search.state?.includes(state) ?? false}
            onChange={() => set({ state: toggled(search.state, state) })}
          />
        ))}
      </fieldset>
      <Select
        label={t("filter.assignee")}
        placeholder={t("filter.anyone")}
        clearable
        searchable
        comboboxProps={inPopover}
        data={[
          { value: "me", label: t("filter.me") },
          { value: "none", label: t("filter.nobody") },
          ...members.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={search.assigneeId ?? null}
        onChange={(value) => set({ assigneeId: value ?? undefined })}
      />
      <Select
        label={t("filter.customer")}
        placeholder={t("filter.any")}
        clearable
        searchable
        comboboxProps={inPopover}
        data={customers.map(({ id, name }) => ({ value: id, label: name }))}
        value={search.customerId ?? null}
        onChange={(value) => set({ customerId: value ?? undefined })}
      />
      <Select
        label={t("filter.kind")}
        placeholder={t("filter.any")}
        clearable
        comboboxProps={inPopover}
        data={filterKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={search.kind?.[0] ?? null}
        onChange={(value) => set({ kind: value ? filterKinds.filter((kind) => kind === value) : undefined })}
      />
    </div>
  );
}
