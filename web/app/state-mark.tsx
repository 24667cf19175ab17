import { useTranslation } from "react-i18next";
import type { TicketListItem } from "../../src/modules/helpdesk/api.ts";
import classes from "./state-mark.module.css";

export type TicketState = TicketListItem["state"];

const shapes: Record<TicketState, React.ReactNode> = {
  new: <circle cx="7" cy="7" r="5" strokeDasharray="2.1 1.8" />,
  assigned: <circle cx="7" cy="7" r="5" />,
  acknowledged: (
    <>
      <circle cx="7" cy="7" r="5" />
      <path d="M7 3.6a3.4 3.4 0 0 1 0 6.8Z" fill="currentColor" stroke="none" />
    </>
  ),
  on_the_way: <path d="M2 7h9M7.5 3.5 11 7l-3.5 3.5" strokeLinecap="round" strokeLinejoin="round" />,
  on_site: (
    <>
      <path d="M7 12.6C4 9.6 2.8 7.6 2.8 5.6a4.2 4.2 0 0 1 8.4 0c0 2-1.2 4-4.2 7Z" strokeLinejoin="round" />
      <circle cx="7" cy="5.6" r="1.5" fill="currentColor" stroke="none" />
    </>
  ),
  paused: <path d="M4.5 3v8M9.5 3v8" strokeWidth="2" strokeLinecap="round" />,
  resolved: (
    <>
      <circle cx="7" cy="7" r="5.6" fill="currentColor" stroke="none" />
      <path d="m4.6 7.2 1.7 1.7 3.1-3.4" stroke="var(--ms-page)" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  closed: <path d="m2.5 7.5 3 3 6-6.5" strokeLinecap="round" strokeLinejoin="round" />,
  cancelled: <path d="m3.5 3.5 7 7m0-7-7 7" strokeLinecap="round" />,
};

/** Where a ticket stands: a shape of its own for each state, with its name beside it or, in tight places, read aloud. */
export function StateMark({ state, compact = false }: { state: TicketState; compact?: boolean }) {
  const { t } = useTranslation("app");
  const name = t(`state.${state}`);
  return (
    <span className={classes.root} data-state={state} title={compact ? name : undefined}>
      <svg
        viewBox="0 0 14 14"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        aria-hidden
        className={classes.glyph}
      >
        {shapes[state]}
      </svg>
      <span className={compact ? "visually-hidden" : undefined}>{name}</span>
    </span>
  );
}
