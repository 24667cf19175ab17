import { Popover } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "./format.ts";
import { useNow } from "./now.ts";
import { type Clock, type Risk, riskOf, secondsLeft } from "./promise-clock.ts";
import classes from "./time-left.module.css";

interface TimeLeftProps {
  clock: Clock;
  /** Short units, for lists. */
  narrow?: boolean;
  /** What opens on a click: the calendar arithmetic behind the figure. */
  explain?: () => ReactNode;
}

/** Working time left on a promise: by shape, by words and by colour, never by colour alone. */
export function TimeLeft({ clock, narrow = false, explain }: TimeLeftProps) {
  const { t } = useTranslation("app");
  const format = useFormat();
  const now = useNow();
  const [opened, setOpened] = useState(false);
  const risk = riskOf(clock, now);
  const left = secondsLeft(clock, now);
  const time = format.duration(Math.abs(left), narrow);
  const share = Math.max(0, Math.min(1, left / Math.max(60, clock.targetMinutes * 60)));
  const text = wordsOf(risk, time, narrow);
  const label = `${t(`time.target.${clock.target}`)}: ${t(`time.spoken.${risk}`, { time: format.duration(Math.abs(left)) })}`;

  function wordsOf(kind: Risk, shown: string, short: boolean): string {
    if (kind === "met" || kind === "missed" || kind === "ended") return t(`time.${kind}`);
    if (kind === "paused") return t("time.paused", { time: shown });
    if (kind === "late") return t(short ? "time.lateShort" : "time.late", { time: shown });
    return short ? shown : t("time.left", { time: shown });
  }

  const content = (
    <>
      <RiskGlyph risk={risk} share={share} />
      <span aria-hidden>{text}</span>
      <span className="visually-hidden">{label}</span>
    </>
  );
  if (!explain) {
    return (
      <span className={classes.root} data-risk={risk} title={clock.dueAt ? format.full(clock.dueAt) : undefined}>
        {content}
      </span>
    );
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={360} trapFocus={false}>
      <Popover.Target>
        <button type="button" className={classes.root} data-risk={risk} onClick={() => setOpened((was) => !was)}>
          {content}
        </button>
      </Popover.Target>
      <Popover.Dropdown>{opened && explain()}</Popover.Dropdown>
    </Popover>
  );
}

/** Ring that empties, bars for a pause, a triangle when late, a tick when kept. */
export function RiskGlyph({ risk, share }: { risk: Risk; share: number }) {
  const around = 2 * Math.PI * 5;
  return (
    <svg className={classes.glyph} viewBox="0 0 14 14" aria-hidden fill="none">
      {risk === "late" && (
        <path d="M7 1.2 13.4 12.6H.6Z M6.3 5v3.8h1.4V5Z M6.3 9.8v1.4h1.4V9.8Z" fill="currentColor" fillRule="evenodd" />
      )}
      {risk === "met" && (
        <path
          d="m2.5 7.5 3 3 6-6.5"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
      {(risk === "missed" || risk === "ended") && (
        <path d="m3.5 3.5 7 7m0-7-7 7" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      )}
      {risk === "paused" && <path d="M4.5 3v8M9.5 3v8" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />}
      {(risk === "fine" || risk === "soon") && (
        <>
          <circle cx="7" cy="7" r="5" className={classes.track} strokeWidth="2" />
          <circle
            cx="7"
            cy="7"
            r="5"
            stroke="currentColor"
            strokeWidth="2"
            strokeDasharray={`${around * share} ${around}`}
            transform="rotate(-90 7 7)"
          />
        </>
      )}
    </svg>
  );
}
