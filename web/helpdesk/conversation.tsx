import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { JournalEntry } from "../../src/modules/helpdesk/api.ts";
import { useFormat } from "../app/format.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import classes from "./conversation.module.css";

interface ConversationProps {
  entries: readonly JournalEntry[];
  mine(entry: JournalEntry): boolean;
  busy: boolean;
  onSend(text: string): Promise<unknown>;
}

/** What was said between the customer's people and the provider's, for those who are served. */
export function Conversation({ entries, mine, busy, onSend }: ConversationProps) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const [text, setText] = useState("");
  const [error, setError] = useState<unknown>();

  async function send() {
    setError(undefined);
    try {
      await onSend(text.trim());
      setText("");
    } catch (problem) {
      setError(problem);
    }
  }

  return (
    <section className={classes.root}>
      <h2 className={classes.heading}>{t("talk.title")}</h2>
      {entries.length > 0 && (
        <ol className={classes.list}>
          {entries.map((entry) => (
            <li key={entry.id} data-mine={mine(entry) || undefined}>
              <p className={classes.text}>{entry.text}</p>
              <p className={classes.meta}>
                {mine(entry) ? t("talk.you") : entry.actorName} ·{" "}
                <time dateTime={entry.at}>{format.moment(entry.at)}</time>
              </p>
            </li>
          ))}
        </ol>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) void send();
        }}
      >
        <Textarea
          aria-label={t("talk.write")}
          placeholder={t("talk.write")}
          autosize
          minRows={1}
          maxRows={8}
          size="lg"
          maxLength={5000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {error !== undefined && <ProblemNotice error={error} />}
        {text.trim() !== "" && (
          <Button type="submit" size="lg" mt={12} loading={busy}>
            {t("talk.send")}
          </Button>
        )}
      </form>
    </section>
  );
}
