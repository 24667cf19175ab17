import { useId } from "react";
import { useTranslation } from "react-i18next";
import classes from "./rating-stars.module.css";

const star = "M8 1.4 10 5.7l4.7.6-3.5 3.2.9 4.7L8 11.9l-4.1 2.3.9-4.7L1.3 6.3 6 5.7Z";
const values = [1, 2, 3, 4, 5] as const;

interface RatingInputProps {
  label: string;
  value: number | null;
  onChange(value: number): void;
  size?: "md" | "xl";
}

/** Five stars to choose from: radio buttons underneath, so that arrows, taps and screen readers all work. */
export function RatingInput({ label, value, onChange, size = "md" }: RatingInputProps) {
  const { t } = useTranslation("app");
  const name = useId();
  return (
    <fieldset className={classes.input} data-size={size}>
      <legend className={classes.legend}>{label}</legend>
      <span className={classes.stars}>
        {values.map((each) => (
          <label key={each} className={classes.choice} data-on={value !== null && each <= value}>
            <input type="radio" name={name} value={each} checked={value === each} onChange={() => onChange(each)} />
            <span className="visually-hidden">{t(`rating.word.${each}`)}</span>
            <svg viewBox="0 0 16 16" aria-hidden>
              <path d={star} />
            </svg>
          </label>
        ))}
      </span>
      <span className={classes.word} aria-hidden>
        {value === null ? "" : t(`rating.word.${value as 1 | 2 | 3 | 4 | 5}`)}
      </span>
    </fieldset>
  );
}

/** A given rating. Halves are drawn as they are. */
export function RatingStars({ value }: { value: number }) {
  const { t } = useTranslation("app");
  return (
    <span className={classes.shown} role="img" aria-label={t("rating.ofFive", { value })}>
      {values.map((each) => (
        <svg key={each} viewBox="0 0 16 16" aria-hidden>
          <path d={star} className={classes.off} />
          <path
            d={star}
            className={classes.on}
            style={{ clipPath: `inset(0 ${100 - Math.max(0, Math.min(1, value - each + 1)) * 100}% 0 0)` }}
          />
        </svg>
      ))}
    </span>
  );
}
