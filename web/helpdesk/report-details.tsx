import { Switch, Textarea, TextInput } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./report-page.module.css";
import { shrinkPhoto } from "./shrink-photo.ts";
import type { Reporter } from "./visitor.ts";

export interface Details extends Reporter {
  text: string;
  photos: File[];
  stopsWork: boolean;
}

interface ReportDetailsProps {
  details: Details;
  onChange(details: Details): void;
  /** "Something else" needs words; a named fault does not. */
  textFirst: boolean;
}

/** Everything that helps and nothing that must be filled in. */
export function ReportDetails({ details, onChange, textFirst }: ReportDetailsProps) {
  const { t } = useTranslation("helpdesk");
  const set = (change: Partial<Details>) => onChange({ ...details, ...change });

  async function addPhotos(files: FileList | null) {
    const photos = await Promise.all([...(files ?? [])].slice(0, 5).map(shrinkPhoto));
    set({ photos: [...details.photos, ...photos].slice(0, 5) });
  }

  return (
    <div className={classes.details}>
      <Textarea
        label={textFirst ? t("report.describe") : t("report.more")}
        autosize
        minRows={textFirst ? 3 : 2}
        maxRows={8}
        size="lg"
        required={textFirst}
        withAsterisk={false}
        maxLength={5000}
        value={details.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
        autoFocus={textFirst}
      />
      <div className={classes.photos}>
        {details.photos.map((photo) => (
          <Preview
            key={`${photo.name}${photo.lastModified}`}
            photo={photo}
            onRemove={() => set({ photos: details.photos.filter((each) => each !== photo) })}
          />
        ))}
        {details.photos.length < 5 && (
          <label className={classes.addPhoto}>
            <IconCamera size={22} stroke={1.6} aria-hidden />
            {t("report.photo")}
            <input
              type="file"
              accept="image/*"
              multiple
              className="visually-hidden"
              onChange={(event) => {
                void addPhotos(event.currentTarget.files);
                event.currentTarget.value = "";
              }}
            />
          </label>
        )}
      </div>
      <Switch
        size="lg"
        labelPosition="left"
        label={t("report.stopsWork")}
        classNames={{ body: classes.switch ?? "" }}
        checked={details.stopsWork}
        onChange={(event) => set({ stopsWork: event.currentTarget.checked })}
      />
      <fieldset className={classes.contact}>
        <legend>{t("report.contact")}</legend>
        <p>{t("report.contactWhy")}</p>
        <TextInput
          label={t("report.name")}
          size="lg"
          autoComplete="name"
          maxLength={200}
          value={details.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t("report.phone")}
          size="lg"
          type="tel"
          autoComplete="tel"
          maxLength={50}
          value={details.phone}
          onChange={(event) => set({ phone: event.currentTarget.value })}
        />
        <TextInput
          label={t("report.email")}
          size="lg"
          type="email"
          autoComplete="email"
          maxLength={254}
          value={details.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
      </fieldset>
    </div>
  );
}

function Preview({ photo, onRemove }: { photo: File; onRemove(): void }) {
  const { t } = useTranslation("helpdesk");
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(photo);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return (
    <span className={classes.photo}>
      {url && <img src={url} alt={photo.name} />}
      <button type="button" aria-label={t("report.removePhoto")} onClick={onRemove}>
        ×
      </button>
    </span>
  );
}
