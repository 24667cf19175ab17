import { useTranslation } from "react-i18next";
import type { PromiseFigures } from "../../src/modules/quality/api.ts";
import { useFormat } from "../app/format.ts";
import classes from "./aspects.module.css";

/** Promises kept, by what was promised. */
export function Promises({ promises }: { promises: readonly PromiseFigures[] }) {
  const { t } = useTranslation("quality");
  const { t: word } = useTranslation("app");
  const format = useFormat();
  return (
    <dl className={classes.list} style={{ gap: 0 }}>
      {promises.map(({ target, met, breached, attainment }) => (
        <div key={target} className={classes.promise}>
          <dt>{word(`time.target.${target}`)}</dt>
          <dd className={classes.kept}>
            {t("promise.kept", { met: format.number(met), count: met + breached, all: format.number(met + breached) })}
          </dd>
          <dd className={classes.share}>{attainment === null ? "–" : format.percent(attainment)}</dd>
        </div>
      ))}
    </dl>
  );
}
