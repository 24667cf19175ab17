import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { get, post } from "../app/api.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { homeOf, type Session, sessionQuery } from "../app/session.ts";
import { currentLanguage } from "../app/texts.ts";
import classes from "./door.module.css";
import { Door } from "./door.tsx";

interface Invitation {
  providerName: string;
  email: string;
  name: string;
  hasLogin: boolean;
}

const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["identity", "invitation", token],
    queryFn: ({ signal }) => get<Invitation>(`/invitations/${token}`, {}, signal),
    retry: false,
  });

export function JoinPage() {
  const { t } = useTranslation("identity");
  const { token } = useParams({ from: "/join/$token" });
  const invitation = useQuery(invitationQuery(token));
  if (invitation.isPending) return <PageLoading />;
  if (invitation.isError) return <Door title={t("join.gone")}>{null}</Door>;
  const { providerName, email } = invitation.data;
  return (
    <Door title={t("join.title", { provider: providerName })} lead={t("join.lead", { email })}>
      <JoinForm token={token} invitation={invitation.data} />
    </Door>
  );
}

function JoinForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useTranslation("identity");
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: invitation.name, password: "" },
    validate: { password: (value) => (!invitation.hasLogin && value.length < 12 ? t("setup.passwordShort") : null) },
  });
  const join = useMutation({
    mutationFn: (values: { name: string; password: string }) =>
      post<Session>(`/invitations/${token}/accept`, { ...values, locale: currentLanguage() }),
    async onSuccess(session) {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      await navigate({ to: homeOf(session) });
    },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => join.mutate(values))}>
      {invitation.hasLogin ? (
        <p>{t("join.existing")}</p>
      ) : (
        <TextInput
          key={form.key("name")}
          label={t("setup.name")}
          autoComplete="name"
          required
          withAsterisk={false}
          size="md"
          {...form.getInputProps("name")}
        />
      )}
      <PasswordInput
        key={form.key("password")}
        label={t("setup.password")}
        description={invitation.hasLogin ? undefined : t("setup.passwordHelp")}
        autoComplete={invitation.hasLogin ? "current-password" : "new-password"}
        required
        withAsterisk={false}
        size="md"
        {...form.getInputProps("password")}
      />
      {join.error && <ProblemNotice error={join.error} />}
      <Button type="submit" size="md" fullWidth loading={join.isPending} mt={8}>
        {t("join.submit")}
      </Button>
    </form>
  );
}
