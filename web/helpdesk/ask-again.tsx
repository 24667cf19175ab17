import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TicketListItem } from "../../src/modules/helpdesk/api.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import classes from "./conversation.module.css";

interface AskAgainProps {
  state: TicketListItem["state"];
  busy: boolean;
  error: unknown;
  onReopen(reason: string): void;
  onCancel(reason: string): void;
}

/** "It is broken again", or "never mind": each asks for one sentence, and only where it is possible. */
export function AskAgain({ state, busy, error, onReopen, onCancel }: AskAgainProps) {
  const { t } = useTranslation("helpdesk");
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const reopen = state === "resolved" || state === "closed";
  const cancel = state === "new" || state === "assigned";
  if (!reopen && !cancel) return null;
  const kind = reopen ? "reopen" : "cancel";
  return (
    <section className={classes.root}>
      {asking ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!reason.trim()) return;
            (reopen ? onReopen : onCancel)(reason.trim());
            setAsking(false);
            setReason("");
          }}
        >
          <Textarea
            label={t(`again.${kind}.why`)}
            autosize
            minRows={2}
            size="lg"
            required
            withAsterisk={false}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autoFocus
          />
          <Button type="submit" size="lg" mt={12} loading={busy} disabled={!reason.trim()}>
            {t(`again.${kind}.send`)}
          </Button>
        </form>
      ) : (
        <Button variant="default" size="lg" onClick={() => setAsking(true)}>
          {t(`again.${kind}.ask`)}
        </Button>
      )}
      {error !== null && <ProblemNotice error={error} />}
    </section>
  );
}
