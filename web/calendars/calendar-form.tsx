import { Button, CloseButton, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Calendar, CalendarChange, NewCalendar } from "../../src/modules/calendars/api.ts";
import { useSession } from "../app/session.ts";
import pageClasses from "../app/settings-page.module.css";
import { SideForm, useSave } from "../app/side-form.tsx";
import { timeZones } from "../app/time-zones.ts";
import classes from "./calendar-form.module.css";
import { CalendarPreview } from "./calendar-preview.tsx";
import { countriesQuery, hoursText, parseHours, type Weekday, weekdayName, weekdays } from "./calendars.ts";

interface CalendarFormProps {
  calendar: Calendar | undefined;
  readOnly: boolean;
  onClose(): void;
}

const usual = "09:00–12:00, 13:00–18:00";

/** Working hours with split and night shifts, a country's holidays, and the days that are different. */
export function CalendarForm({ calendar, readOnly, onClose }: CalendarFormProps) {
  const { t, i18n } = useTranslation("calendars");
  const session = useSession();
  const countries = useQuery(countriesQuery).data ?? [];
  const hoursError = (text: string) => (parseHours(text) === undefined ? t("hoursWrong") : null);
  const form = useForm({
    initialValues: {
      name: calendar?.name ?? "",
      timeZone: calendar?.timeZone ?? session.tenant.timeZone,
      country: calendar?.country ?? null,
      region: calendar?.region ?? null,
      recurring: (calendar?.recurringHolidays ?? []).join(", "),
      weekly: Object.fromEntries(
        weekdays.map((day) => [
          day,
          calendar ? hoursText(calendar.weekly[day]) : day === "sat" || day === "sun" ? "" : usual,
        ]),
      ) as Record<Weekday, string>,
      days: (calendar?.days ?? []).map(({ day, name, intervals }) => ({ day, name, hours: hoursText(intervals) })),
    },
    validate: {
      weekly: Object.fromEntries(weekdays.map((day) => [day, hoursError])),
      days: { day: (value: string) => (value ? null : t("dayMissing")), hours: hoursError },
      recurring: (value: string) => (parseRecurring(value) ? null : t("recurringWrong")),
    },
  });
  const save = useSave<Calendar, NewCalendar | CalendarChange>("/calendars", calendar, ["calendars"], onClose);
  const regions = countries.find(({ code }) => code === form.values.country)?.regions ?? [];

  const submit = () => {
    if (form.validate().hasErrors || readOnly) return;
    const { name, timeZone, country, region, recurring, weekly, days } = form.values;
    save.mutate({
      name: name.trim(),
      timeZone,
      country,
      region: country ? region : null,
      recurringHolidays: parseRecurring(recurring) ?? [],
      weekly: Object.fromEntries(weekdays.map((day) => [day, parseHours(weekly[day]) ?? []])),
      days: days.map(({ day, name: dayName, hours }) => ({
        day,
        name: dayName.trim(),
        intervals: parseHours(hours) ?? [],
      })),
    });
  };

  return (
    <SideForm title={calendar?.name ?? t("add")} save={save} onSubmit={submit} onClose={onClose} size={640}>
      <TextInput label={t("name")} required withAsterisk={false} maxLength={200} {...form.getInputProps("name")} />
      <Select
        label={t("timeZone")}
        searchable
        allowDeselect={false}
        limit={80}
        data={timeZones(form.values.timeZone)}
        {...form.getInputProps("timeZone")}
      />
      <fieldset className={pageClasses.group}>
        <legend>{t("week")}</legend>
        <p className={classes.help}>{t("weekHelp")}</p>
        {weekdays.map((day) => (
          <div key={day} className={classes.day}>
            <label htmlFor={`hours-${day}`}>{weekdayName(day, i18n.language)}</label>
            <TextInput id={`hours-${day}`} placeholder={t("closed")} {...form.getInputProps(`weekly.${day}`)} />
          </div>
        ))}
        <Button
          variant="subtle"
          className={classes.add}
          onClick={() => form.setFieldValue("weekly", { ...form.values.weekly, ...copyMonday(form.values.weekly.mon) })}
        >
          {t("copyMonday")}
        </Button>
      </fieldset>
      <fieldset className={pageClasses.group}>
        <legend>{t("holidays")}</legend>
        <div className={pageClasses.pair}>
          <Select
            label={t("country")}
            searchable
            clearable
            data={countries.map(({ code, name }) => ({ value: code, label: name }))}
            {...form.getInputProps("country")}
            onChange={(value) => {
              form.setFieldValue("country", value);
              form.setFieldValue("region", null);
            }}
          />
          <Select
            label={t("region")}
            searchable
            clearable
            disabled={regions.length === 0}
            data={regions.map(({ code, name }) => ({ value: code, label: name }))}
            {...form.getInputProps("region")}
          />
        </div>
        <TextInput
          label={t("recurring")}
          description={t("recurringHelp")}
          placeholder="12-24, 12-25"
          {...form.getInputProps("recurring")}
        />
      </fieldset>
      <fieldset className={pageClasses.group}>
        <legend>{t("special")}</legend>
        <p className={classes.help}>{t("specialHelp")}</p>
        {form.values.days.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are typed into, their place is their identity
          <div key={index} className={classes.special}>
            <TextInput type="date" aria-label={t("day")} {...form.getInputProps(`days.${index}.day`)} />
            <TextInput
              aria-label={t("dayName")}
              placeholder={t("dayName")}
              maxLength={200}
              {...form.getInputProps(`days.${index}.name`)}
            />
            <TextInput
              aria-label={t("hours")}
              placeholder={t("closed")}
              {...form.getInputProps(`days.${index}.hours`)}
            />
            <CloseButton
              aria-label={`${t("removeDay")}: ${row.day}`}
              onClick={() => form.removeListItem("days", index)}
            />
          </div>
        ))}
        <Button
          variant="subtle"
          className={classes.add}
          leftSection={<IconPlus size={16} stroke={1.6} />}
          onClick={() => form.insertListItem("days", { day: "", name: "", hours: "" })}
        >
          {t("addDay")}
        </Button>
      </fieldset>
      {calendar && (
        <fieldset className={pageClasses.group}>
          <legend>{t("preview")}</legend>
          <CalendarPreview id={calendar.id} />
        </fieldset>
      )}
    </SideForm>
  );
}

function copyMonday(hours: string): Record<"tue" | "wed" | "thu" | "fri", string> {
  return { tue: hours, wed: hours, thu: hours, fri: hours };
}

function parseRecurring(text: string): string[] | undefined {
  const parts = text.split(/[,;，；、\s]+/).filter(Boolean);
  return parts.every((part) => /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(part)) ? parts : undefined;
}
