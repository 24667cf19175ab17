import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "./format.ts";
import classes from "./progress-line.module.css";

export interface ProgressStep {
  key: string;
  label: string;
  state: "done" | "current" | "ahead" | "failed";
  at?: string | null | undefined;
  /** Who, or until when: shown under the label. */
  detail?: ReactNode;
}

interface ProgressLineProps {
  steps: readonly ProgressStep[];
  /** Side by side above a ticket, or one below the other as on a parcel's page. */
  direction: "row" | "column";
  zone?: string | undefined;
  label: string;
}

/** How far a report has come, like a parcel's line. */
export function ProgressLine({ steps, direction, zone, label }: ProgressLineProps) {
  const { t } = useTranslation("app");
  const format = useFormat();
  return (
    <ol className={classes.line} data-direction={direction} aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.key}
          className={classes.step}
          data-state={step.state}
          aria-current={step.state === "current" ? "step" : undefined}
        >
          <span className={classes.dot}>
            <svg
              aria-hidden
              viewBox="0 0 16 16"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              strokeLinecap="round"
              strokeLinejoin="round"
            >
              {step.state === "done" && <path d="m4.5 8.3 2.4 2.4 4.6-5" />}
              {step.state === "failed" && <path d="m5 5 6 6m0-6-6 6" />}
            </svg>
          </span>
          <span className={classes.text}>
            <span className={classes.label}>
              {step.label}
              <span className="visually-hidden"> · {t(`progress.${step.state}`)}</span>
            </span>
            {step.at && (
              <time className={classes.at} dateTime={step.at} title={format.full(step.at, zone)}>
                {format.moment(step.at, zone)}
              </time>
            )}
            {step.detail && <span className={classes.detail}>{step.detail}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
