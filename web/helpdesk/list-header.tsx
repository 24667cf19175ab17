import { ActionIcon, Button, Indicator, Menu, Popover, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconArrowsSort, IconChevronDown, IconPlus, IconSearch } from "@tabler/icons-react";
import { type RefObject, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "../../src/modules/helpdesk/api.ts";
import type { DeskSearch } from "./desk-search.ts";
import { isBuiltIn } from "./desk-views.ts";
import { FilterForm } from "./filter-form.tsx";
import classes from "./list-header.module.css";
import { SaveViewForm } from "./save-view.tsx";
import type { TicketQuery } from "./tickets.ts";
import { ViewList } from "./view-list.tsx";

interface ListHeaderProps {
  search: DeskSearch;
  query: TicketQuery;
  saved: readonly SavedView[];
  searchField: RefObject<HTMLInputElement | null>;
  onNarrow(search: DeskSearch): void;
  onCreate(): void;
}

/** Which list this is, and how it is narrowed. */
export function ListHeader({ search, query, saved, searchField, onNarrow, onCreate }: ListHeaderProps) {
  const { t } = useTranslation("helpdesk");
  const { view, q, sort: _sort, ...filters } = search;
  const narrowed = Object.keys(filters).length > 0;
  const name = saved.find(({ id }) => id === view)?.name ?? t(`view.${isBuiltIn(view) ? view : "open"}`);
  const kept: DeskSearch = view ? { view } : {};

  return (
    <header className={classes.root}>
      <div className={classes.line}>
        <Popover position="bottom-start" width={240}>
          <Popover.Target>
            <button type="button" className={classes.views}>
              <h1>{name}</h1>
              <IconChevronDown size={16} stroke={1.6} aria-hidden className={classes.chevron} />
            </button>
          </Popover.Target>
          <Popover.Dropdown p={8}>
            <ViewList search={search} saved={saved} />
          </Popover.Dropdown>
        </Popover>
        <span className={classes.tools}>
          <Menu>
            <Menu.Target>
              <Tooltip label={t(query.sort === "due" ? "list.sortDue" : "list.sortNewest")}>
                <ActionIcon aria-label={t(query.sort === "due" ? "list.sortDue" : "list.sortNewest")}>
                  <IconArrowsSort size={18} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onNarrow({ ...search, sort: "due" })}>{t("list.sortDue")}</Menu.Item>
              <Menu.Item onClick={() => onNarrow({ ...search, sort: "newest" })}>{t("list.sortNewest")}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Popover position="bottom-end" width={320}>
            <Indicator disabled={!narrowed} size={8} offset={4}>
              <Popover.Target>
                <ActionIcon aria-label={t("list.filter")}>
                  <IconAdjustmentsHorizontal size={18} stroke={1.6} />
                </ActionIcon>
              </Popover.Target>
            </Indicator>
            <Popover.Dropdown>
              <FilterForm search={search} onNarrow={onNarrow} />
            </Popover.Dropdown>
          </Popover>
          <Tooltip label={t("list.new")}>
            <ActionIcon variant="filled" color="marine" aria-label={t("list.new")} onClick={onCreate}>
              <IconPlus size={18} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        </span>
      </div>
      <SearchField
        value={q ?? ""}
        field={searchField}
        onSearch={(text) => onNarrow({ ...withoutSearch(search), ...(text ? { q: text } : {}) })}
      />
      {(narrowed || q) && (
        <div className={classes.narrowed}>
          <Button size="xs" variant="subtle" onClick={() => onNarrow(kept)}>
            {t("list.clear")}
          </Button>
          <SaveViewForm query={query} onSaved={(id) => onNarrow({ view: id })} />
        </div>
      )}
    </header>
  );
}

function withoutSearch({ q: _q, ...rest }: DeskSearch): DeskSearch {
  return rest;
}

function SearchField({
  value,
  field,
  onSearch,
}: {
  value: string;
  field: RefObject<HTMLInputElement | null>;
  onSearch(text: string): void;
}) {
  const { t } = useTranslation("helpdesk");
  const [text, setText] = useState(value);
  const later = useDebouncedCallback((next: string) => onSearch(next.trim()), 250);
  useEffect(() => {
    if (document.activeElement !== field.current) setText(value);
  }, [value, field]);
  return (
    <TextInput
      ref={field}
      type="search"
      variant="filled"
      aria-label={t("list.search")}
      placeholder={t("list.search")}
      leftSection={<IconSearch size={16} stroke={1.6} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
