import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { NewSite, Site, SiteChange } from "../../src/modules/customers/api.ts";
import { put } from "../app/api.ts";
import { OrderedPeople } from "../app/ordered-list.tsx";
import { useSession } from "../app/session.ts";
import classes from "../app/settings-page.module.css";
import { fieldError, SideForm, useSave } from "../app/side-form.tsx";
import { timeZones } from "../app/time-zones.ts";
import { tellProblem } from "../app/undo-toast.tsx";
import { calendarsQuery } from "../calendars/calendars.ts";
import { useMembers } from "../identity/members.ts";
import { customersQuery } from "./customers.ts";

interface SiteFormProps {
  site: Site | undefined;
  customerId: string | undefined;
  onClose(): void;
}

export function SiteForm({ site, customerId, onClose }: SiteFormProps) {
  const { t } = useTranslation("customers");
  const session = useSession();
  const members = useMembers();
  const customers = useQuery(customersQuery).data ?? [];
  const calendars = useQuery(calendarsQuery).data ?? [];
  const form = useForm({
    initialValues: {
      customerId: site?.customerId ?? customerId ?? "",
      name: site?.name ?? "",
      code: site?.code ?? "",
      address: site?.address ?? "",
      latitude: (site?.latitude ?? "") as number | string,
      longitude: (site?.longitude ?? "") as number | string,
      timeZone: site?.timeZone ?? session.tenant.timeZone,
      calendarId: site?.calendarId ?? null,
      phone: site?.phone ?? "",
      accessNotes: site?.accessNotes ?? "",
      engineers: (site?.namedEngineers ?? []).filter(({ scope }) => scope === "site").map(({ id }) => id),
    },
  });
  const save = useSave<Site, NewSite | SiteChange>("/sites", site, ["customers"], async ({ id }) => {
    if (form.isDirty("engineers"))
      await put(`/sites/${id}/named-engineers`, { memberIds: form.values.engineers }).catch(tellProblem);
    onClose();
  });
  const degrees = (value: number | string) => (value === "" ? null : Number(value));
  const submit = () => {
    const { engineers: _engineers, customerId: owner, code, latitude, longitude, phone, name, ...rest } = form.values;
    const values = {
      ...rest,
      name: name.trim(),
      latitude: degrees(latitude),
      longitude: degrees(longitude),
      phone: phone.trim() || null,
      ...(code.trim() ? { code: code.trim() } : {}),
    };
    save.mutate(site ? values : { ...values, customerId: owner });
  };
  return (
    <SideForm title={site?.name ?? t("site.add")} save={save} onSubmit={submit} onClose={onClose}>
      {!site && (
        <Select
          label={t("customer.one")}
          required
          withAsterisk={false}
          searchable
          allowDeselect={false}
          data={customers.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps("customerId")}
        />
      )}
      <div className={classes.pair}>
        <TextInput
          label={t("name")}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("code")}
          description=""
          maxLength={40}
          error={fieldError(save.error, "code")}
          {...form.getInputProps("code")}
        />
      </div>
      <Textarea label={t("site.address")} autosize minRows={2} maxLength={500} {...form.getInputProps("address")} />
      <div className={classes.pair}>
        <NumberInput
          label={t("site.latitude")}
          min={-90}
          max={90}
          decimalScale={6}
          hideControls
          {...form.getInputProps("latitude")}
        />
        <NumberInput
          label={t("site.longitude")}
          min={-180}
          max={180}
          decimalScale={6}
          hideControls
          {...form.getInputProps("longitude")}
        />
      </div>
      <div className={classes.pair}>
        <Select
          label={t("site.timeZone")}
          searchable
          allowDeselect={false}
          limit={80}
          data={timeZones(form.values.timeZone)}
          {...form.getInputProps("timeZone")}
        />
        <TextInput
          label={t("phone")}
          type="tel"
          maxLength={40}
          error={fieldError(save.error, "phone")}
          {...form.getInputProps("phone")}
        />
      </div>
      <Select
        label={t("calendar")}
        description={t("site.calendarHelp")}
        clearable
        searchable
        data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps("calendarId")}
      />
      <Textarea
        label={t("site.access")}
        description={t("site.accessHelp")}
        autosize
        minRows={2}
        maxLength={4000}
        {...form.getInputProps("accessNotes")}
      />
      <fieldset className={classes.group}>
        <legend>{t("engineers")}</legend>
        <OrderedPeople
          label=""
          description={t("site.engineersHelp")}
          addLabel={t("addEngineer")}
          ids={form.values.engineers}
          everyone={members}
          onChange={(ids) => form.setFieldValue("engineers", ids)}
        />
      </fieldset>
    </SideForm>
  );
}
