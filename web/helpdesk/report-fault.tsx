import { Button, Drawer, Switch, Textarea, TextInput } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Site } from "../../src/modules/customers/api.ts";
import type { Device } from "../../src/modules/devices/api.ts";
import type { Ticket } from "../../src/modules/helpdesk/api.ts";
import { post } from "../app/api.ts";
import { AsyncSelect } from "../app/async-select.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import classes from "./ask-step.module.css";
import reportClasses from "./report-page.module.css";
import { shrinkPhoto } from "./shrink-photo.ts";
import { sendPhoto } from "./visitor.ts";

/** A contact or user reports without a label at hand: where, what, and how bad. */
export function ReportFault({ onClose, onReported }: { onClose(): void; onReported(ticketId: string): void }) {
  const { t } = useTranslation("helpdesk");
  const [siteId, setSiteId] = useState<string | null>(null);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const [subject, setSubject] = useState("");
  const [description, setDescription] = useState("");
  const [stopsWork, setStopsWork] = useState(false);
  const [photos, setPhotos] = useState<File[]>([]);
  const report = useMutation({
    mutationFn: async (site: string) => {
      const ticket = await post<Ticket>("/tickets", {
        siteId: site,
        subject: subject.trim(),
        urgency: stopsWork ? "high" : "medium",
        ...(description.trim() ? { description: description.trim() } : {}),
        ...(deviceId ? { deviceId } : {}),
      });
      await Promise.allSettled(photos.map((photo) => sendPhoto(ticket.id, photo)));
      return ticket;
    },
    onSuccess: ({ id }) => onReported(id),
  });
  return (
    <Drawer opened onClose={onClose} title={t("portal.report")}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (siteId && subject.trim()) report.mutate(siteId);
        }}
      >
        <AsyncSelect<Site>
          label={t("create.site")}
          nothing={t("create.nothing")}
          path="/sites"
          choiceOf={({ id, name }) => ({ value: id, label: name })}
          value={siteId}
          onChange={(value) => {
            setSiteId(value);
            setDeviceId(null);
          }}
          required
          autoFocus
        />
        <AsyncSelect<Device>
          key={siteId}
          label={t("create.device")}
          nothing={t("create.nothing")}
          path="/devices"
          query={{ siteId }}
          choiceOf={({ id, name, model }) => ({ value: id, label: [name, model].filter(Boolean).join(" · ") })}
          value={deviceId}
          onChange={setDeviceId}
          disabled={!siteId}
          clearable
        />
        <TextInput
          label={t("create.subject")}
          required
          withAsterisk={false}
          maxLength={300}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label={t("report.more")}
          autosize
          minRows={3}
          maxLength={10_000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <label className={reportClasses.addPhoto}>
          <IconCamera size={20} stroke={1.6} aria-hidden />
          {photos.length > 0 ? photos.map(({ name }) => name).join(", ") : t("report.photo")}
          <input
            type="file"
            accept="image/*"
            multiple
            className="visually-hidden"
            onChange={(event) =>
              void Promise.all([...(event.currentTarget.files ?? [])].slice(0, 5).map(shrinkPhoto)).then(setPhotos)
            }
          />
        </label>
        <Switch
          label={t("report.stopsWork")}
          checked={stopsWork}
          onChange={(event) => setStopsWork(event.currentTarget.checked)}
        />
        {report.error && <ProblemNotice error={report.error} />}
        <Button type="submit" size="md" loading={report.isPending} disabled={!siteId || !subject.trim()}>
          {t("report.send")}
        </Button>
      </form>
    </Drawer>
  );
}
