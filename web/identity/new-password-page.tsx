import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { post } from "../app/api.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import classes from "./door.module.css";
import { Door } from "./door.tsx";

export function NewPasswordPage() {
  const { t } = useTranslation("identity");
  const { token } = useParams({ from: "/reset-password/$token" });
  const navigate = useNavigate();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { password: "" },
    validate: { password: (value) => (value.length < 10 ? t("setup.passwordShort") : null) },
  });
  const save = useMutation({
    mutationFn: (password: string) => post(`/password-resets/${token}`, { password }),
    onSuccess: () => navigate({ to: "/sign-in" }),
  });
  return (
    <Door title={t("reset.title")}>
      <form className={classes.form} onSubmit={form.onSubmit(({ password }) => save.mutate(password))}>
        {save.error && <ProblemNotice error={save.error} />}
        <PasswordInput
          key={form.key("password")}
          label={t("reset.new")}
          description={t("setup.passwordHelp")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          size="md"
          autoFocus
          {...form.getInputProps("password")}
        />
        <Button type="submit" size="md" fullWidth loading={save.isPending} mt={8}>
          {t("reset.submit")}
        </Button>
      </form>
    </Door>
  );
}
