import { Button, PasswordInput, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Me } from "../../src/modules/identity/api.ts";
import { patch, post } from "../app/api.ts";
import { isLanguage, languageNames, languages } from "../app/languages.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { sessionQuery, useSession } from "../app/session.ts";
import { SettingsPage, SettingsSection } from "../app/settings-page.tsx";
import { chooseLanguage } from "../app/texts.ts";
import { timeZones } from "../app/time-zones.ts";
import { tellDone } from "../app/undo-toast.tsx";
import classes from "./account-page.module.css";
import { FeedSection } from "./feed-section.tsx";
import { PasskeySection } from "./passkey-section.tsx";
import { SessionSection } from "./session-section.tsx";
import { TotpSection } from "./totp-section.tsx";

/** One's own name, language, and the ways in. */
export function AccountPage() {
  const { t } = useTranslation("identity");
  return (
    <SettingsPage title={t("account.title")}>
      <Profile />
      <Password />
      <TotpSection />
      <PasskeySection />
      <SessionSection />
      <FeedSection />
    </SettingsPage>
  );
}

function Profile() {
  const { t } = useTranslation("identity");
  const { t: word } = useTranslation("app");
  const session = useSession();
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      name: session.name,
      phone: session.phone ?? "",
      locale: session.locale as string,
      timeZone: session.timeZone,
    },
  });
  const save = useMutation({
    mutationFn: ({ name, phone, locale, timeZone }: typeof form.values) =>
      patch<Me>("/me", { name: name.trim(), phone: phone.trim() || null, locale, timeZone }),
    async onSuccess(me) {
      client.setQueryData(sessionQuery.queryKey, me);
      if (isLanguage(me.locale)) await chooseLanguage(me.locale);
      form.resetDirty();
      tellDone(word("saved"));
    },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <TextInput
        label={t("staff.name")}
        required
        withAsterisk={false}
        maxLength={200}
        {...form.getInputProps("name")}
      />
      <TextInput label={t("staff.email")} value={session.email ?? ""} variant="filled" readOnly />
      <TextInput label={t("staff.phone")} type="tel" maxLength={40} {...form.getInputProps("phone")} />
      <Select
        label={t("setup.language")}
        description={t("account.languageHelp")}
        allowDeselect={false}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        {...form.getInputProps("locale")}
      />
      <Select
        label={t("setup.timeZone")}
        searchable
        allowDeselect={false}
        limit={80}
        data={timeZones(form.values.timeZone)}
        {...form.getInputProps("timeZone")}
      />
      {save.error && <ProblemNotice error={save.error} />}
      <Button type="submit" loading={save.isPending} disabled={!form.isDirty()} className={classes.button}>
        {word("action.save")}
      </Button>
    </form>
  );
}

function Password() {
  const { t } = useTranslation("identity");
  const form = useForm({
    initialValues: { current: "", next: "" },
    validate: { next: (value) => (value.length < 10 ? t("setup.passwordShort") : null) },
  });
  const change = useMutation({
    mutationFn: (values: { current: string; next: string }) => post("/password", values),
    onSuccess() {
      form.reset();
      tellDone(t("account.passwordChanged"));
    },
  });
  return (
    <SettingsSection title={t("account.password")} lead={t("account.passwordLead")}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <PasswordInput
          label={t("account.currentPassword")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...form.getInputProps("current")}
        />
        <PasswordInput
          label={t("reset.new")}
          description={t("setup.passwordHelp")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          {...form.getInputProps("next")}
        />
        {change.error && <ProblemNotice error={change.error} />}
        <Button type="submit" variant="default" loading={change.isPending} className={classes.button}>
          {t("account.changePassword")}
        </Button>
      </form>
    </SettingsSection>
  );
}
