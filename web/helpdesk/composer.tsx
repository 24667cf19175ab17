import { ActionIcon, Button, CloseButton, FileButton, SegmentedControl, Textarea } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment, Ticket } from "../../src/modules/helpdesk/api.ts";
import { post } from "../app/api.ts";
import { useSession } from "../app/session.ts";
import { tellProblem } from "../app/undo-toast.tsx";
import classes from "./composer.module.css";
import { PresenceNotice } from "./presence-notice.tsx";
import { shrinkPhoto } from "./shrink-photo.ts";
import { useTakeStep } from "./take-step.ts";

export interface ComposerHandle {
  write(kind: "replies" | "notes"): void;
}

/** Drafts survive walking through the list; they are gone when the page is. */
const drafts = new Map<string, string>();

/** Where the desk answers. What is sent to the customer can be taken back for a few seconds. */
export function Composer({ ticket, handle }: { ticket: Ticket; handle: RefObject<ComposerHandle | null> }) {
  const { t } = useTranslation("helpdesk");
  const { permissions } = useSession();
  const take = useTakeStep();
  const mayReply = permissions.includes("ticket.reply");
  const mayNote = permissions.includes("ticket.note");
  const [kind, setKind] = useState<"replies" | "notes">(mayReply ? "replies" : "notes");
  const [text, setText] = useState(drafts.get(ticket.id) ?? "");
  const [files, setFiles] = useState<Attachment[]>([]);
  const [uploading, setUploading] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const note = kind === "notes";

  useEffect(() => {
    if (text) drafts.set(ticket.id, text);
    else drafts.delete(ticket.id);
  }, [ticket.id, text]);
  useImperativeHandle(handle, () => ({
    write(what) {
      setKind(what);
      field.current?.focus();
    },
  }));
  if (!mayReply && !mayNote) return null;

  const send = () => {
    const words = text.trim();
    if (!words || uploading) return;
    const sent = { words, files };
    setText("");
    setFiles([]);
    take.speak(
      ticket,
      kind,
      words,
      files.map(({ id }) => id),
      () => {
        setText((now) => (now ? `${sent.words}\n\n${now}` : sent.words));
        setFiles(sent.files);
      },
    );
  };
  const attach = async (chosen: File | null) => {
    if (!chosen) return;
    setUploading(true);
    try {
      const file = await shrinkPhoto(chosen);
      const form = new FormData();
      // The server reads fields before the file: a file of a note must never be public, not even for a moment.
      form.append("internal", String(note));
      form.append("file", file, file.name);
      const added = await post<Attachment>(`/tickets/${ticket.id}/attachments`, form);
      setFiles((before) => [...before, added]);
    } catch (error) {
      tellProblem(error);
    } finally {
      setUploading(false);
    }
  };

  return (
    <section
      className={`${classes.root} no-print`}
      data-note={note || undefined}
      aria-label={t(note ? "composer.note" : "composer.reply")}
    >
      <PresenceNotice ticketId={ticket.id} writing={text !== ""} />
      <div className={classes.top}>
        {mayReply && mayNote && (
          <SegmentedControl
            size="xs"
            aria-label={t("composer.reply")}
            data={[
              { value: "replies", label: t("composer.reply") },
              { value: "notes", label: t("composer.note") },
            ]}
            value={kind}
            onChange={(value) => setKind(value === "notes" ? "notes" : "replies")}
          />
        )}
        {note && <span className={classes.hint}>{t("composer.noteHint")}</span>}
      </div>
      <Textarea
        ref={field}
        variant="unstyled"
        aria-label={t(note ? "composer.note" : "composer.reply")}
        placeholder={
          note
            ? t("composer.note")
            : ticket.requesterName
              ? t("composer.replyTo", { name: ticket.requesterName })
              : t("composer.replyToCustomer")
        }
        autosize
        minRows={2}
        maxRows={12}
        maxLength={50_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
          if (event.key === "Escape") {
            event.stopPropagation();
            event.currentTarget.blur();
          }
        }}
      />
      <div className={classes.bottom}>
        <FileButton onChange={(file) => void attach(file)}>
          {(props) => (
            <ActionIcon {...props} loading={uploading} aria-label={t("composer.attach")}>
              <IconPaperclip size={18} stroke={1.6} />
            </ActionIcon>
          )}
        </FileButton>
        <span className={classes.files}>
          {files.map(({ id, name }) => (
            <span key={id} className={classes.file}>
              {name}
              <CloseButton
                size="xs"
                aria-label={`${name} ×`}
                onClick={() => setFiles(files.filter((file) => file.id !== id))}
              />
            </span>
          ))}
        </span>
        <Button disabled={!text.trim() || uploading} onClick={send}>
          {t(note ? "composer.save" : "composer.send")}
        </Button>
      </div>
    </section>
  );
}
