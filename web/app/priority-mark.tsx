import { useTranslation } from "react-i18next";
import classes from "./priority-mark.module.css";

export type Priority = "p1" | "p2" | "p3" | "p4";

const strength: Record<Priority, number> = { p1: 4, p2: 3, p3: 2, p4: 1 };

/** Priority as bars that fill up, with its short name; the long name is read aloud and shown on hover. */
export function PriorityMark({ priority, withName = true }: { priority: Priority; withName?: boolean }) {
  const { t } = useTranslation("app");
  const name = t(`priority.${priority}`);
  return (
    <span className={classes.root} data-priority={priority} title={name}>
      <svg viewBox="0 0 14 14" aria-hidden className={classes.glyph}>
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={bar * 3.6}
            y={10 - bar * 3}
            width="2.4"
            height={4 + bar * 3}
            rx="0.6"
            className={bar < strength[priority] ? classes.on : classes.off}
          />
        ))}
      </svg>
      <span aria-hidden className={withName ? undefined : "visually-hidden"}>
        {priority.toUpperCase()}
      </span>
      <span className="visually-hidden">{name}</span>
    </span>
  );
}
