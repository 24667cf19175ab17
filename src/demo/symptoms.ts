import type { Locale } from "../platform/fields.ts";
import type { DeviceType } from "./device-models.ts";

type Level = "low" | "medium" | "high";

/** One way in which a type of device fails, in the words of those who report and those who mend it. */
export interface Symptom {
  device: DeviceType;
  locale: Locale;
  subject: string;
  descriptions: string[];
  resolutions: string[];
  cause: string;
  /** How likely someone has to go there, from 0 to 1. */
  visit: number;
  impact: Level;
  urgency: Level;
}

/** Asked for or asked about, without a device. */
export interface Wish {
  kind: "service_request" | "question" | "complaint" | "change" | "problem" | "maintenance";
  locale: Locale;
  subject: string;
  description: string;
  resolution: string;
}

type Row = [
  subject: string,
  descriptions: string | string[],
  resolutions: string | string[],
  cause: string,
  weight: string,
];

/**
 * Symptoms of one type of device from short rows.
 * @param rows the last member holds visit in per cent, impact and urgency: `40 high medium`
 */
export function symptomsOf(device: DeviceType, locale: Locale, rows: readonly Row[]): Symptom[] {
  return rows.map(([subject, descriptions, resolutions, cause, weight]) => {
    const [visit, impact, urgency] = weight.split(" ");
    return {
      device,
      locale,
      subject,
      descriptions: typeof descriptions === "string" ? [descriptions] : descriptions,
      resolutions: typeof resolutions === "string" ? [resolutions] : resolutions,
      cause,
      visit: Number(visit) / 100,
      impact: levelOf(impact),
      urgency: levelOf(urgency),
    };
  });
}

function levelOf(word: string | undefined): Level {
  if (word === "low" || word === "medium" || word === "high") return word;
  throw new Error(`${word} is no level`);
}
