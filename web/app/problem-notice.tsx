import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "./problem.ts";
import classes from "./problem-notice.module.css";
import { problemText } from "./problem-text.ts";

interface ProblemNoticeProps {
  error: unknown;
  onRetry?: () => void;
}

/** Says what happened and what to do about it, where it happened. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const { t } = useTranslation("app");
  const requestId = error instanceof ApiProblem && error.status >= 500 ? error.requestId : undefined;
  return (
    <div role="alert" className={classes.root}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden className={classes.glyph}>
        <path
          fill="currentColor"
          fillRule="evenodd"
          d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm-.8 3.5v4.4h1.6V4.5H7.2Zm0 5.6v1.6h1.6v-1.6H7.2Z"
        />
      </svg>
      <div>
        <p className={classes.text}>{problemText(error)}</p>
        {requestId && <p className={classes.id}>{t("problem.requestId", { id: requestId })}</p>}
        {onRetry && (
          <Button variant="default" size="xs" mt={8} onClick={onRetry}>
            {t("action.tryAgain")}
          </Button>
        )}
      </div>
    </div>
  );
}
