import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./bar-chart.module.css";

export interface Bar {
  key: string;
  /** Under the bar; long names belong in `name`. */
  tick: string;
  name: string;
  value: number;
  shown: string;
}

interface BarChartProps {
  label: string;
  bars: readonly Bar[];
  /** Head of the figures' column in the table behind the chart. */
  valueName: string;
  /** A line across, e.g. the team's median. */
  reference?: { value: number; label: string } | undefined;
}

const height = 120;

/** Bars for the eye, and the same figures as a table for everyone else. */
export function BarChart({ label, bars, valueName, reference }: BarChartProps) {
  const { t } = useTranslation("app");
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const top = Math.max(1, ...bars.map(({ value }) => value), reference?.value ?? 0);
  return (
    <figure className={classes.figure} aria-labelledby={id}>
      <figcaption id={id} className={classes.caption}>
        {label}
        <button type="button" className={classes.toggle} onClick={() => setAsTable((was) => !was)}>
          {t(asTable ? "chart.asChart" : "chart.asTable")}
        </button>
      </figcaption>
      {asTable ? (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("chart.when")}</th>
              <th scope="col">{valueName}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ key, name, shown }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td>{shown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div
          className={classes.chart}
          role="img"
          aria-label={bars.map(({ name, shown }) => `${name}: ${shown}`).join("; ")}
        >
          <div className={classes.bars} style={{ height }}>
            {reference && (
              <div className={classes.reference} style={{ bottom: (reference.value / top) * height }}>
                <span>{reference.label}</span>
              </div>
            )}
            {bars.map(({ key, name, shown, value }) => (
              <div key={key} className={classes.slot} title={`${name}: ${shown}`}>
                <div className={classes.bar} style={{ height: Math.max(value > 0 ? 2 : 0, (value / top) * height) }} />
              </div>
            ))}
          </div>
          <div className={classes.ticks} aria-hidden>
            {bars.map(({ key, tick }) => (
              <span key={key}>{tick}</span>
            ))}
          </div>
        </div>
      )}
    </figure>
  );
}
