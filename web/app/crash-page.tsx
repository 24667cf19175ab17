import { Button } from "@mantine/core";
import i18next from "i18next";
import classes from "./not-found-page.module.css";
import { ApiProblem } from "./problem.ts";
import { ProblemNotice } from "./problem-notice.tsx";

/** A deployment replaced the files of the page that was open: the next click asks for one that is gone. */
const isOldPage = (error: unknown) =>
  error instanceof Error && /dynamically imported module|module script failed/i.test(error.message);

export function CrashPage({ error, onRetry }: { error: unknown; onRetry(): void }) {
  return (
    <div className={classes.page}>
      <h1>
        {i18next.t(
          isOldPage(error)
            ? "app:crash.newVersion"
            : error instanceof ApiProblem && error.status === 404
              ? "app:crash.notThere"
              : "app:crash.title",
        )}
      </h1>
      {!isOldPage(error) && <ProblemNotice error={error} />}
      <div style={{ display: "flex", gap: 8, marginTop: 24 }}>
        <Button onClick={() => (isOldPage(error) ? location.reload() : onRetry())}>
          {i18next.t("app:action.tryAgain")}
        </Button>
        <Button variant="default" component="a" href="/">
          {i18next.t("app:crash.home")}
        </Button>
      </div>
    </div>
  );
}
