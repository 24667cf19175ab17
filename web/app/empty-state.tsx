import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

interface EmptyStateProps {
  title: string;
  /** What this place will hold and how the first of it comes about. */
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}

/** An empty place teaches what belongs here and how to begin. */
export function EmptyState({ title, children, action, icon }: EmptyStateProps) {
  return (
    <div className={classes.root}>
      {icon && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <p className={classes.title}>{title}</p>
      {children && <p className={classes.body}>{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
