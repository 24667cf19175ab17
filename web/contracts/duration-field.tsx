import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { durationText, parseDuration } from "./durations.ts";

interface DurationFieldProps {
  label: string;
  minutes: number | undefined;
  /** What holds when the field is left empty. */
  inherited: number | undefined;
  onChange(minutes: number | undefined): void;
}

/** Working time as people write it: 15m, 4h, 1h 30m. */
export function DurationField({ label, minutes, inherited, onChange }: DurationFieldProps) {
  const [text, setText] = useState(minutes === undefined ? "" : durationText(minutes));
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setText(minutes === undefined ? "" : durationText(minutes));
  }, [minutes]);
  return (
    <TextInput
      aria-label={label}
      placeholder={inherited === undefined ? "–" : durationText(inherited)}
      value={text}
      error={wrong}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        const read = text.trim() === "" ? undefined : parseDuration(text);
        setWrong(read === undefined && text.trim() !== "");
        if (read !== undefined || text.trim() === "") onChange(read);
      }}
    />
  );
}
