import { Button, PasswordInput, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Navigate, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SignUp } from "../../src/modules/identity/api.ts";
import { post } from "../app/api.ts";
import { isLanguage, languageNames, languages } from "../app/languages.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { type Session, sessionQuery, setupQuery } from "../app/session.ts";
import { chooseLanguage, currentLanguage } from "../app/texts.ts";
import { ownTimeZone, timeZones } from "../app/time-zones.ts";
import classes from "./door.module.css";
import { Door } from "./door.tsx";

/** Where a language is spoken most, its money is the likeliest guess. */
const likelyCurrency = { en: "USD", "zh-Hans": "CNY", "zh-Hant": "TWD", vi: "VND" } as const;

export function SetupPage() {
  const { t } = useTranslation("identity");
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: setup } = useSuspenseQuery(setupQuery);
  const form = useForm({
    initialValues: {
      providerName: "",
      locale: currentLanguage(),
      timeZone: ownTimeZone(),
      currency: likelyCurrency[currentLanguage()] as string,
      ownerName: "",
      ownerEmail: "",
      password: "",
    },
    validate: { password: (value) => (value.length < 10 ? t("setup.passwordShort") : null) },
  });
  const create = useMutation({
    mutationFn: (values: SignUp) => post<Session>("/setup", { ...values, ownerEmail: values.ownerEmail.trim() }),
    async onSuccess(session) {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      await navigate({ to: "/settings/staff" });
    },
  });
  if (!setup.needed && !create.isPending && !create.isSuccess) return <Navigate to="/sign-in" replace />;

  return (
    <Door title={t("setup.title")} lead={t("setup.lead")}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <fieldset className={classes.section}>
          <legend>{t("setup.firm")}</legend>
          <TextInput
            label={t("setup.firmName")}
            autoComplete="organization"
            required
            withAsterisk={false}
            size="md"
            autoFocus
            {...form.getInputProps("providerName")}
          />
          <div className={classes.pair}>
            <Select
              label={t("setup.language")}
              data={languages.map((value) => ({ value, label: languageNames[value] }))}
              allowDeselect={false}
              size="md"
              {...form.getInputProps("locale")}
              onChange={(value) => {
                if (!isLanguage(value)) return;
                form.setFieldValue("locale", value);
                form.setFieldValue("currency", likelyCurrency[value]);
                void chooseLanguage(value);
              }}
            />
            <Select
              label={t("setup.currency")}
              data={Intl.supportedValuesOf("currency")}
              searchable
              allowDeselect={false}
              size="md"
              limit={60}
              {...form.getInputProps("currency")}
            />
          </div>
          <Select
            label={t("setup.timeZone")}
            data={timeZones(form.values.timeZone)}
            searchable
            allowDeselect={false}
            size="md"
            limit={80}
            {...form.getInputProps("timeZone")}
          />
        </fieldset>
        <fieldset className={classes.section}>
          <legend>{t("setup.you")}</legend>
          <TextInput
            label={t("setup.name")}
            autoComplete="name"
            required
            withAsterisk={false}
            size="md"
            {...form.getInputProps("ownerName")}
          />
          <TextInput
            label={t("setup.email")}
            type="email"
            autoComplete="email"
            required
            withAsterisk={false}
            size="md"
            {...form.getInputProps("ownerEmail")}
          />
          <PasswordInput
            label={t("setup.password")}
            description={t("setup.passwordHelp")}
            autoComplete="new-password"
            required
            withAsterisk={false}
            size="md"
            {...form.getInputProps("password")}
          />
        </fieldset>
        {create.error && <ProblemNotice error={create.error} />}
        <Button type="submit" size="md" fullWidth loading={create.isPending} mt={8}>
          {t("setup.submit")}
        </Button>
      </form>
    </Door>
  );
}
