import { Anchor, Button, Divider, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../app/api.ts";
import { ApiProblem } from "../app/problem.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { homeOf, type Session, sessionQuery, setupQuery } from "../app/session.ts";
import classes from "./door.module.css";
import { Door } from "./door.tsx";
import { canUsePasskeys, signInWithPasskey } from "./passkeys.ts";

export function SignInPage() {
  const { t } = useTranslation("identity");
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: "/sign-in" });
  const { data: setup } = useQuery(setupQuery);
  const [needsCode, setNeedsCode] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "", password: "", code: "" } });

  const enter = async (session: Session) => {
    client.clear();
    client.setQueryData(sessionQuery.queryKey, session);
    await (next ? navigate({ href: next }) : navigate({ to: homeOf(session) }));
  };
  const signIn = useMutation({
    mutationFn: ({ email, password, code }: { email: string; password: string; code: string }) =>
      post<Session>("/session", { email: email.trim(), password, ...(code ? { code: code.replaceAll(" ", "") } : {}) }),
    onSuccess: enter,
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === "code_required") setNeedsCode(true);
    },
  });
  const passkey = useMutation({ mutationFn: signInWithPasskey, onSuccess: enter });
  const forgot = useMutation({
    mutationFn: (email: string) => post("/password-resets", { email }),
    onSuccess: (_answer, email) => setSentTo(email),
  });
  const askForCode = signIn.error instanceof ApiProblem && signIn.error.code === "code_required";

  function forgotPassword() {
    const email = form.getValues().email.trim();
    if (email) forgot.mutate(email);
    else form.setFieldError("email", t("signIn.forgotNeedsEmail"));
  }

  return (
    <Door title={t(needsCode ? "signIn.codeTitle" : "signIn.title")}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        {signIn.error && !askForCode && <ProblemNotice error={signIn.error} />}
        {passkey.error && !(passkey.error instanceof ApiProblem) && <p role="alert">{t("signIn.passkeyFailed")}</p>}
        {passkey.error instanceof ApiProblem && <ProblemNotice error={passkey.error} />}
        {forgot.error && <ProblemNotice error={forgot.error} />}
        <div hidden={needsCode} className={needsCode ? undefined : classes.form}>
          <TextInput
            key={form.key("email")}
            label={t("signIn.email")}
            type="email"
            autoComplete="username webauthn"
            required
            withAsterisk={false}
            size="md"
            autoFocus
            {...form.getInputProps("email")}
          />
          <PasswordInput
            key={form.key("password")}
            label={t("signIn.password")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            size="md"
            {...form.getInputProps("password")}
          />
        </div>
        {needsCode && (
          <TextInput
            key={form.key("code")}
            label={t("signIn.code")}
            description={t("signIn.codeHelp")}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            size="md"
            autoFocus
            {...form.getInputProps("code")}
          />
        )}
        <Button type="submit" size="md" loading={signIn.isPending} fullWidth mt={8}>
          {t("signIn.submit")}
        </Button>
        {sentTo ? (
          <p role="status">{t("signIn.forgotSent", { email: sentTo })}</p>
        ) : (
          <Anchor component="button" type="button" className={classes.below} onClick={forgotPassword}>
            {t("signIn.forgot")}
          </Anchor>
        )}
        {setup?.passkeys && canUsePasskeys() && !needsCode && (
          <>
            <Divider my={8} />
            <Button
              variant="default"
              size="md"
              leftSection={<IconFingerprint size={18} stroke={1.6} />}
              loading={passkey.isPending}
              onClick={() => passkey.mutate()}
            >
              {t("signIn.passkey")}
            </Button>
          </>
        )}
      </form>
    </Door>
  );
}
