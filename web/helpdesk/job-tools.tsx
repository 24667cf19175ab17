import { UnstyledButton } from "@mantine/core";
import { IconCamera, IconClockHour4, IconMessage, IconSignature } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "../../src/modules/helpdesk/api.ts";
import { tellDone } from "../app/undo-toast.tsx";
import classes from "./job-page.module.css";
import { useFieldStep } from "./job-steps.ts";
import { shrinkPhoto } from "./shrink-photo.ts";
import { SignaturePad } from "./signature-pad.tsx";

interface JobToolsProps {
  ticket: Ticket;
  onWrite(): void;
  onWork(): void;
}

/** Camera, words, time, signature: each one tap away. */
export function JobTools({ ticket, onWrite, onWork }: JobToolsProps) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const { take } = useFieldStep();
  const [signing, setSigning] = useState(false);
  const addPhotos = async (files: FileList | null) => {
    for (const file of [...(files ?? [])].slice(0, 10)) {
      if (await take(ticket, "attachments", {}, await shrinkPhoto(file))) tellDone(t("field.photoAdded"));
    }
  };
  return (
    <div className={classes.tools}>
      <label className={classes.tool}>
        <IconCamera size={22} stroke={1.6} aria-hidden />
        {t("field.photo")}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          className="visually-hidden"
          onChange={(event) => {
            void addPhotos(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
      </label>
      <UnstyledButton className={classes.tool} onClick={onWrite}>
        <IconMessage size={22} stroke={1.6} aria-hidden />
        {t("field.write")}
      </UnstyledButton>
      <UnstyledButton className={classes.tool} onClick={onWork}>
        <IconClockHour4 size={22} stroke={1.6} aria-hidden />
        {word("verb.work")}
      </UnstyledButton>
      <UnstyledButton className={classes.tool} onClick={() => setSigning(true)}>
        <IconSignature size={22} stroke={1.6} aria-hidden />
        {t("field.sign")}
      </UnstyledButton>
      {signing && (
        <SignaturePad
          onClose={() => setSigning(false)}
          onSigned={async (file) => {
            setSigning(false);
            if (await take(ticket, "attachments", {}, file)) tellDone(t("field.saved"));
          }}
        />
      )}
    </div>
  );
}
