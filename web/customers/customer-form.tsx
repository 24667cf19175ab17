import { Select, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Customer, CustomerChange, NewCustomer } from "../../src/modules/customers/api.ts";
import { put } from "../app/api.ts";
import { languageNames, languages } from "../app/languages.ts";
import { OrderedPeople } from "../app/ordered-list.tsx";
import { useSession } from "../app/session.ts";
import classes from "../app/settings-page.module.css";
import { fieldError, SideForm, useSave } from "../app/side-form.tsx";
import { tellProblem } from "../app/undo-toast.tsx";
import { calendarsQuery } from "../calendars/calendars.ts";
import { useMembers } from "../identity/members.ts";

const deployments = ["saas", "on_premise", "hybrid"] as const;
const lifecycles = ["pilot", "onboarding", "active", "renewal", "lost"] as const;

export function CustomerForm({ customer, onClose }: { customer: Customer | undefined; onClose(): void }) {
  const { t } = useTranslation("customers");
  const session = useSession();
  const members = useMembers();
  const calendars = useQuery(calendarsQuery).data ?? [];
  const ownEngineers = (customer?.namedEngineers ?? []).filter(({ scope }) => scope === "customer").map(({ id }) => id);
  const form = useForm({
    initialValues: {
      name: customer?.name ?? "",
      code: customer?.code ?? "",
      deployment: customer?.deployment ?? "saas",
      lifecycle: customer?.lifecycle ?? "active",
      locale: customer?.locale ?? session.tenant.locale,
      calendarId: customer?.calendarId ?? null,
      csmId: customer?.csmId ?? null,
      tamId: customer?.tamId ?? null,
      emailDomains: customer?.emailDomains ?? [],
      engineers: ownEngineers,
    },
  });
  const save = useSave<Customer, NewCustomer | CustomerChange>(
    "/customers",
    customer,
    ["customers"],
    async ({ id }) => {
      if (form.isDirty("engineers"))
        await put(`/customers/${id}/named-engineers`, { memberIds: form.values.engineers }).catch(tellProblem);
      onClose();
    },
  );
  const people = members.map(({ id, name }) => ({ value: id, label: name }));
  const submit = () => {
    const { engineers: _engineers, name, code, ...rest } = form.values;
    save.mutate({ ...rest, name: name.trim(), ...(code.trim() ? { code: code.trim() } : {}) });
  };
  return (
    <SideForm title={customer?.name ?? t("customer.add")} save={save} onSubmit={submit} onClose={onClose}>
      <TextInput
        label={t("name")}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        {...form.getInputProps("name")}
      />
      <div className={classes.pair}>
        <TextInput
          label={t("code")}
          description={t("codeHelp")}
          maxLength={40}
          error={fieldError(save.error, "code")}
          {...form.getInputProps("code")}
        />
        <Select
          label={t("language")}
          description={t("languageHelp")}
          allowDeselect={false}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          {...form.getInputProps("locale")}
        />
      </div>
      <div className={classes.pair}>
        <Select
          label={t("customer.deployment")}
          allowDeselect={false}
          data={deployments.map((value) => ({ value, label: t(`deployment.${value}`) }))}
          {...form.getInputProps("deployment")}
        />
        <Select
          label={t("customer.lifecycle")}
          allowDeselect={false}
          data={lifecycles.map((value) => ({ value, label: t(`lifecycle.${value}`) }))}
          {...form.getInputProps("lifecycle")}
        />
      </div>
      <Select
        label={t("calendar")}
        description={t("calendarHelp")}
        clearable
        searchable
        data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps("calendarId")}
      />
      <fieldset className={classes.group}>
        <legend>{t("customer.ours")}</legend>
        <OrderedPeople
          label={t("engineers")}
          description={t("customer.engineersHelp")}
          addLabel={t("addEngineer")}
          ids={form.values.engineers}
          everyone={members}
          onChange={(ids) => form.setFieldValue("engineers", ids)}
        />
        <div className={classes.pair}>
          <Select label={t("customer.csm")} clearable searchable data={people} {...form.getInputProps("csmId")} />
          <Select label={t("customer.tam")} clearable searchable data={people} {...form.getInputProps("tamId")} />
        </div>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t("customer.mail")}</legend>
        <TagsInput
          label={t("customer.domains")}
          description={t("customer.domainsHelp")}
          error={fieldError(save.error, "emailDomains.0")}
          {...form.getInputProps("emailDomains")}
        />
      </fieldset>
    </SideForm>
  );
}
