import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { RatingInput } from "../app/rating-stars.tsx";
import classes from "./rate-service.module.css";

export interface Rating {
  overall: number;
  technical?: number;
  attitude?: number;
  crisisAwareness?: number;
  comment?: string;
}

interface RateServiceProps {
  busy: boolean;
  error: unknown;
  onSubmit(rating: Rating): void;
}

const aspects = ["technical", "attitude", "crisisAwareness"] as const;

/** One question first; the finer ones only for those who answered it. It counts when it is sent, never before. */
export function RateService({ busy, error, onSubmit }: RateServiceProps) {
  const { t } = useTranslation("helpdesk");
  const [overall, setOverall] = useState<number | null>(null);
  const [finer, setFiner] = useState<Partial<Record<(typeof aspects)[number], number>>>({});
  const [comment, setComment] = useState("");
  return (
    <form
      className={classes.root}
      onSubmit={(event) => {
        event.preventDefault();
        if (overall !== null) onSubmit({ overall, ...finer, ...(comment.trim() ? { comment: comment.trim() } : {}) });
      }}
    >
      <RatingInput label={t("rate.title")} value={overall} onChange={setOverall} size="xl" />
      {overall !== null && (
        <div className={classes.more}>
          {aspects.map((aspect) => (
            <RatingInput
              key={aspect}
              label={t(`rate.${aspect}`)}
              value={finer[aspect] ?? null}
              onChange={(value) => setFiner({ ...finer, [aspect]: value })}
            />
          ))}
          <Textarea
            label={t("rate.comment")}
            autosize
            minRows={2}
            size="lg"
            maxLength={5000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          {error !== null && <ProblemNotice error={error} />}
          <Button type="submit" size="lg" loading={busy}>
            {t("rate.send")}
          </Button>
        </div>
      )}
    </form>
  );
}
