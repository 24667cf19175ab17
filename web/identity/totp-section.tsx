import { Button, PasswordInput, PinInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { renderSVG } from "uqr";
import { call, post } from "../app/api.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { sessionQuery, useSession } from "../app/session.ts";
import { SettingsSection } from "../app/settings-page.tsx";
import { tellDone } from "../app/undo-toast.tsx";
import classes from "./account-page.module.css";

/** A code from a phone besides the password. Switched on only after one code was right, so that nobody locks themselves out. */
export function TotpSection() {
  const { t } = useTranslation("identity");
  const { twoFactorEnabled } = useSession();
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const [asking, setAsking] = useState(false);
  const refresh = () => client.invalidateQueries(sessionQuery);

  const enrol = useMutation({ mutationFn: () => post<{ uri: string; secret: string }>("/totp", { password }) });
  const confirm = useMutation({
    mutationFn: (code: string) => post<{ recoveryCodes: string[] }>("/totp/confirm", { code }),
    onSuccess: refresh,
  });
  const switchOff = useMutation({
    mutationFn: () => call({ method: "DELETE", path: "/totp", body: { password } }),
    async onSuccess() {
      setAsking(false);
      setPassword("");
      await refresh();
      tellDone(t("totp.isOff"));
    },
  });
  const error = enrol.error ?? confirm.error ?? switchOff.error;

  if (confirm.data) {
    return (
      <SettingsSection title={t("totp.title")} lead={t("totp.recoveryLead")}>
        <ul className={classes.codes}>
          {confirm.data.recoveryCodes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </SettingsSection>
    );
  }
  return (
    <SettingsSection title={t("totp.title")} lead={t(twoFactorEnabled ? "totp.on" : "totp.off")}>
      <div className={classes.totp}>
        {enrol.data ? (
          <>
            <p style={{ margin: 0 }}>{t("totp.scan")}</p>
            <img
              className={classes.qr}
              alt={t("totp.qr")}
              src={`data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(enrol.data.uri, { border: 2 }))}`}
            />
            <code className={classes.secret}>{enrol.data.secret}</code>
            <div>
              <p style={{ margin: "0 0 4px", fontWeight: 500 }}>{t("signIn.code")}</p>
              <PinInput
                length={6}
                type="number"
                oneTimeCode
                aria-label={t("signIn.code")}
                onComplete={(code) => confirm.mutate(code)}
              />
            </div>
          </>
        ) : asking ? (
          <form
            className={classes.form}
            onSubmit={(event) => {
              event.preventDefault();
              (twoFactorEnabled ? switchOff : enrol).mutate();
            }}
          >
            <PasswordInput
              label={t("account.currentPassword")}
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              autoFocus
            />
            <Button type="submit" loading={enrol.isPending || switchOff.isPending} className={classes.button}>
              {t(twoFactorEnabled ? "totp.switchOff" : "totp.next")}
            </Button>
          </form>
        ) : (
          <Button variant="default" className={classes.button} onClick={() => setAsking(true)}>
            {t(twoFactorEnabled ? "totp.switchOff" : "totp.switchOn")}
          </Button>
        )}
        {error && <ProblemNotice error={error} />}
      </div>
    </SettingsSection>
  );
}
