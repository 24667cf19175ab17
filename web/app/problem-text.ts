import i18next from "i18next";
import { ApiProblem, Unreachable } from "./problem.ts";

/** What went wrong and what to do, in the reader's language where the code is known, else in the server's words. */
export function problemText(error: unknown): string {
  if (error instanceof Unreachable) {
    return i18next.t(navigator.onLine ? "app:problem.unreachable" : "app:problem.offline");
  }
  if (!(error instanceof ApiProblem)) return i18next.t("app:problem.defect");
  const key = `app:problem.${error.code}`;
  if (error.code === "wrong_state" && error.possibleFrom.length > 0) {
    const states = error.possibleFrom.map((state) => String(i18next.t(`app:state.${state}` as "app:state.new")));
    return i18next.t("app:problem.wrong_state", {
      states: new Intl.ListFormat(i18next.language, { type: "disjunction" }).format(states),
    });
  }
  if (i18next.exists(key)) return i18next.t(key as "app:problem.defect");
  if (error.status === 404) return i18next.t("app:problem.not_found");
  return error.detail;
}
