import { Loader, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { get, type Page, type Query } from "./api.ts";

export interface Choice {
  value: string;
  label: string;
}

interface AsyncSelectProps<T> {
  label: string;
  placeholder?: string;
  nothing: string;
  /** Where to ask: a list endpoint that takes `q`. */
  path: string;
  query?: Query;
  choiceOf(row: T): Choice;
  value: string | null;
  onChange(value: string | null, row: T | undefined): void;
  /** What to show for a value that no search has brought yet. */
  known?: Choice | undefined;
  required?: boolean;
  disabled?: boolean;
  clearable?: boolean;
  error?: string | undefined;
  autoFocus?: boolean;
}

/** Chooses one of thousands: asks the server while one types. */
export function AsyncSelect<T>({
  path,
  query = {},
  choiceOf,
  value,
  onChange,
  known,
  nothing,
  autoFocus,
  ...props
}: AsyncSelectProps<T>) {
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 200);
  const rows = useRef(new Map<string, T>());
  const chosen = useRef<Choice>(undefined);
  const found = useQuery({
    queryKey: ["choices", path, query, asked],
    queryFn: ({ signal }) =>
      get<Page<T>>(path, { ...query, q: asked === chosen.current?.label ? "" : asked, limit: 20 }, signal),
    placeholderData: keepPreviousData,
    enabled: !props.disabled,
  });
  for (const row of found.data?.items ?? []) rows.current.set(choiceOf(row).value, row);
  const choices = (found.data?.items ?? []).map(choiceOf);
  const kept = chosen.current ?? known;
  const data =
    kept && value === kept.value && !choices.some((choice) => choice.value === value) ? [kept, ...choices] : choices;
  return (
    <Select
      {...props}
      withAsterisk={false}
      searchable
      data={data}
      // The server has filtered already, in its own way.
      filter={({ options }) => options}
      nothingFoundMessage={nothing}
      searchValue={text}
      onSearchChange={setText}
      value={value}
      onChange={(next, option) => {
        chosen.current = option ? { value: option.value, label: option.label } : undefined;
        onChange(next, next === null ? undefined : rows.current.get(next));
      }}
      rightSection={found.isFetching && text ? <Loader size={14} /> : undefined}
      {...(autoFocus ? { "data-autofocus": true } : {})}
    />
  );
}
