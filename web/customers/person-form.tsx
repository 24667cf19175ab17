import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { NewPerson, Person, PersonChange, Site } from "../../src/modules/customers/api.ts";
import { post } from "../app/api.ts";
import { AsyncSelect } from "../app/async-select.tsx";
import { languageNames, languages } from "../app/languages.ts";
import { useSession } from "../app/session.ts";
import classes from "../app/settings-page.module.css";
import { fieldError, SideForm, useSave } from "../app/side-form.tsx";
import { tellDone, tellProblem } from "../app/undo-toast.tsx";
import { customersQuery } from "./customers.ts";
import listClasses from "./lists.module.css";

const roles = ["user", "contact"] as const;
const tiers = ["vip", "standard", "basic"] as const;

interface PersonFormProps {
  person: Person | undefined;
  customerId: string | undefined;
  onClose(): void;
}

/** Someone at one or several customers: the one who signs, or one who is served. */
export function PersonForm({ person, customerId, onClose }: PersonFormProps) {
  const { t } = useTranslation("customers");
  const session = useSession();
  const customers = useQuery(customersQuery).data ?? [];
  const form = useForm({
    initialValues: {
      name: person?.name ?? "",
      email: person?.email ?? "",
      phone: person?.phone ?? "",
      locale: person?.locale ?? session.tenant.locale,
      affiliations: person?.affiliations.map(({ customerId: at, role, siteId, siteName, tier }) => ({
        customerId: at,
        role,
        siteId,
        siteName,
        tier,
      })) ?? [
        {
          customerId: customerId ?? "",
          role: "user" as "user" | "contact",
          siteId: null as string | null,
          siteName: null as string | null,
          tier: "standard" as (typeof tiers)[number],
        },
      ],
    },
  });
  const save = useSave<Person, NewPerson | PersonChange>("/people", person, ["customers", "people"], onClose);
  const invite = useMutation({
    mutationFn: () => post<{ link?: string }>(`/people/${person?.id}/invite`),
    onSuccess({ link }) {
      if (link) void navigator.clipboard?.writeText(link).catch(() => undefined);
      tellDone(link ? t("person.linkCopied") : t("person.invited"));
    },
    onError: tellProblem,
  });
  const submit = () => {
    const { name, email, phone, locale, affiliations } = form.values;
    save.mutate({
      name: name.trim(),
      email: email.trim() || null,
      phone: phone.trim() || null,
      locale: languages.find((each) => each === locale) ?? "en",
      affiliations: affiliations.map(({ siteName: _siteName, ...affiliation }) => affiliation),
    });
  };
  return (
    <SideForm
      title={person?.name ?? t("person.add")}
      save={save}
      onSubmit={submit}
      onClose={onClose}
      aside={
        person?.email &&
        person.login !== "active" && (
          <Button variant="subtle" loading={invite.isPending} onClick={() => invite.mutate()}>
            {t("person.invite")}
          </Button>
        )
      }
    >
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
          label={t("email")}
          type="email"
          error={fieldError(save.error, "email")}
          {...form.getInputProps("email")}
        />
        <TextInput
          label={t("phone")}
          type="tel"
          error={fieldError(save.error, "phone")}
          {...form.getInputProps("phone")}
        />
      </div>
      <Select
        label={t("language")}
        allowDeselect={false}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        {...form.getInputProps("locale")}
      />
      <fieldset className={classes.group}>
        <legend>{t("person.where")}</legend>
        {form.values.affiliations.map((affiliation, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are typed into, their place is their identity
          <div key={index} className={listClasses.affiliation}>
            <Select
              label={t("customer.one")}
              required
              withAsterisk={false}
              searchable
              allowDeselect={false}
              data={customers.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.getInputProps(`affiliations.${index}.customerId`)}
            />
            <Select
              label={t("person.role")}
              allowDeselect={false}
              data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
              {...form.getInputProps(`affiliations.${index}.role`)}
            />
            <AsyncSelect<Site>
              key={affiliation.customerId}
              label={t("person.site")}
              nothing={t("site.none")}
              path="/sites"
              query={{ customerId: affiliation.customerId }}
              choiceOf={({ id, name }) => ({ value: id, label: name })}
              value={affiliation.siteId}
              known={
                affiliation.siteId && affiliation.siteName
                  ? { value: affiliation.siteId, label: affiliation.siteName }
                  : undefined
              }
              onChange={(value) => form.setFieldValue(`affiliations.${index}.siteId`, value)}
              disabled={!affiliation.customerId}
              required={affiliation.role === "user"}
              clearable={affiliation.role === "contact"}
              placeholder={affiliation.role === "contact" ? t("person.everySite") : ""}
            />
            <Select
              label={t("person.tier")}
              allowDeselect={false}
              data={tiers.map((value) => ({ value, label: t(`tier.${value}`) }))}
              {...form.getInputProps(`affiliations.${index}.tier`)}
            />
            {form.values.affiliations.length > 1 && (
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                onClick={() => form.removeListItem("affiliations", index)}
              >
                {t("person.leave")}
              </Button>
            )}
          </div>
        ))}
        <Button
          variant="subtle"
          style={{ justifySelf: "start", marginLeft: -12 }}
          leftSection={<IconPlus size={16} stroke={1.6} />}
          onClick={() =>
            form.insertListItem("affiliations", {
              customerId: "",
              role: "user",
              siteId: null,
              siteName: null,
              tier: "standard",
            })
          }
        >
          {t("person.join")}
        </Button>
      </fieldset>
    </SideForm>
  );
}
