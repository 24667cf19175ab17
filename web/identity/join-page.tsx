import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Invitation } from "../../src/modules/identity/api.ts";
import { get, post } from "../app/api.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ApiProblem } from "../app/problem.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { homeOf, type Session, sessionQuery } from "../app/session.ts";
import classes from "./door.module.css";
import { Door } from "./door.tsx";

const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["identity", "invitation", token],
    queryFn: ({ signal }) => get<Invitation>(`/invitations/${token}`, {}, signal),
    retry: false,
  });

export function JoinPage() {
  const { t } = useTranslation("identity");
  const { token } = useParams({ from: "/invitation/$token" });
  const invitation = useQuery(invitationQuery(token));
  if (invitation.isPending) return <PageLoading />;
  if (invitation.isError) return <Door title={t("join.gone")}>{null}</Door>;
  const { providerName, email, name } = invitation.data;
  return (
    <Door title={t("join.title", { provider: providerName })} lead={t("join.lead", { name, email })}>
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
    initialValues: { password: "", code: "" },
    validate: { password: (value) => (!invitation.hasLogin && value.length < 10 ? t("setup.passwordShort") : null) },
  });
  const join = useMutation({
    mutationFn: ({ password, code }: { password: string; code: string }) =>
      post<Session>(`/invitations/${token}/accept`, { password, ...(code ? { code } : {}) }),
    async onSuccess(session) {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      await navigate({ to: homeOf(session) });
    },
  });
  const askForCode = join.error instanceof ApiProblem && join.error.code === "code_required";
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => join.mutate(values))}>
      {invitation.hasLogin && <p>{t("join.existing")}</p>}
      <PasswordInput
        key={form.key("password")}
        label={t("setup.password")}
        description={invitation.hasLogin ? undefined : t("setup.passwordHelp")}
        autoComplete={invitation.hasLogin ? "current-password" : "new-password"}
        required
        withAsterisk={false}
        size="md"
        autoFocus
        {...form.getInputProps("password")}
      />
      {askForCode && (
        <TextInput
          key={form.key("code")}
          label={t("signIn.code")}
          description={t("signIn.codeHelp")}
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          size="md"
          autoFocus
          {...form.getInputProps("code")}
        />
      )}
      {join.error && !askForCode && <ProblemNotice error={join.error} />}
      <Button type="submit" size="md" fullWidth loading={join.isPending} mt={8}>
        {t("join.submit")}
      </Button>
    </form>
  );
}
