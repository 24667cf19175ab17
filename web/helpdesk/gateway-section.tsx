import { Button, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Static } from "typebox";
import type { Gateway, TestOutcome } from "../../src/modules/helpdesk/api.ts";
import { get, post, put, remove } from "../app/api.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useMay } from "../app/session.ts";
import { SettingsSection } from "../app/settings-page.tsx";
import { tellDone, tellProblem, tellRefusal } from "../app/undo-toast.tsx";
import classes from "./channels-page.module.css";

type GatewayRow = Static<typeof Gateway>;
type Kind = GatewayRow["kind"];

const gatewayQuery = (kind: Kind) =>
  queryOptions({
    queryKey: ["helpdesk", "gateway", kind],
    queryFn: ({ signal }) => get<GatewayRow>(`/gateways/${kind}`, {}, signal),
  });

/** The firm's own mail server and SMS service, before those of the installation. */
export function GatewaySection() {
  const { t } = useTranslation("helpdesk");
  return (
    <>
      {(["smtp", "sms"] as const).map((kind) => (
        <SettingsSection key={kind} title={t(`gateway.${kind}`)} lead={t(`gateway.${kind}Lead`)}>
          <GatewayPanel kind={kind} />
        </SettingsSection>
      ))}
    </>
  );
}

function GatewayPanel({ kind }: { kind: Kind }) {
  const { t } = useTranslation("helpdesk");
  const mayWrite = useMay("channel.write");
  const client = useQueryClient();
  const gateway = useQuery(gatewayQuery(kind));
  const [editing, setEditing] = useState(false);
  const [to, setTo] = useState("");
  const drop = useMutation({
    mutationFn: () => remove(`/gateways/${kind}`),
    onSuccess: () => client.invalidateQueries(gatewayQuery(kind)),
    onError: tellProblem,
  });
  const test = useMutation({
    mutationFn: () => post<Static<typeof TestOutcome>>(`/gateways/${kind}/test`, { to: to.trim() }),
    onSuccess({ state, detail }) {
      if (state === "sent") tellDone(t("channels.testSent"));
      else tellRefusal(t("channels.testFailed", { detail: detail ?? "" }));
    },
    onError: tellProblem,
  });
  if (!gateway.data) return null;
  const { source, lastError } = gateway.data;
  if (editing)
    return kind === "smtp" ? (
      <SmtpForm gateway={gateway.data} onDone={() => setEditing(false)} />
    ) : (
      <SmsForm gateway={gateway.data} onDone={() => setEditing(false)} />
    );
  return (
    <div className={classes.gateway}>
      <p style={{ margin: 0 }}>
        {t(`gateway.source.${source}`)}
        {lastError && <span className={classes.failing}>{lastError}</span>}
      </p>
      {mayWrite && (
        <div className={classes.buttons}>
          {source !== "none" && (
            <>
              <TextInput
                aria-label={t("gateway.testTo")}
                placeholder={t("gateway.testTo")}
                value={to}
                onChange={(event) => setTo(event.currentTarget.value)}
              />
              <Button
                variant="default"
                loading={test.isPending}
                disabled={to.trim().length < 3}
                onClick={() => test.mutate()}
              >
                {t("channels.test")}
              </Button>
            </>
          )}
          <Button variant="default" onClick={() => setEditing(true)}>
            {t(source === "provider" ? "gateway.change" : "gateway.own")}
          </Button>
          {source === "provider" && (
            <Button variant="subtle" color="red" onClick={() => drop.mutate()}>
              {t("gateway.drop")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

interface GatewayFormProps {
  gateway: GatewayRow;
  onDone(): void;
}

function useSaveGateway({ gateway, onDone }: GatewayFormProps) {
  const client = useQueryClient();
  const { t } = useTranslation("app");
  return useMutation({
    mutationFn: (settings: Record<string, unknown>) =>
      put<GatewayRow>(
        `/gateways/${gateway.kind}`,
        { settings, active: true },
        gateway.version > 0 ? { version: gateway.version } : {},
      ),
    onSuccess(saved) {
      client.setQueryData(gatewayQuery(gateway.kind).queryKey, saved);
      tellDone(t("saved"));
      onDone();
    },
  });
}

/** Reads one text, number or switch out of settings that came without a shape; a hidden secret stands as stars and is kept. */
function setting(gateway: GatewayRow, name: string): string {
  const value = gateway.settings?.[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function SmtpForm(props: GatewayFormProps) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const { gateway, onDone } = props;
  const save = useSaveGateway(props);
  const form = useForm({
    initialValues: {
      host: setting(gateway, "host"),
      port: Number(setting(gateway, "port") || 465) as number | string,
      secure: gateway.settings?.secure !== false,
      user: setting(gateway, "user"),
      password: setting(gateway, "password"),
      from: setting(gateway, "from"),
    },
  });
  return (
    <form
      className={classes.gateway}
      onSubmit={form.onSubmit(({ host, port, secure, user, password, from }) =>
        save.mutate({
          host: host.trim(),
          port: Number(port),
          secure,
          from: from.trim(),
          ...(user.trim() ? { user: user.trim() } : {}),
          ...(password ? { password } : {}),
        }),
      )}
    >
      <div style={{ display: "grid", gridTemplateColumns: "1fr 112px", gap: 16 }}>
        <TextInput label={t("gateway.host")} required withAsterisk={false} {...form.getInputProps("host")} />
        <NumberInput
          label={t("gateway.port")}
          required
          withAsterisk={false}
          min={1}
          max={65535}
          hideControls
          {...form.getInputProps("port")}
        />
      </div>
      <Switch label={t("gateway.secure")} {...form.getInputProps("secure", { type: "checkbox" })} />
      <TextInput label={t("gateway.user")} autoComplete="off" {...form.getInputProps("user")} />
      <PasswordInput label={t("gateway.password")} autoComplete="new-password" {...form.getInputProps("password")} />
      <TextInput
        label={t("gateway.from")}
        placeholder="Service <service@example.com>"
        required
        withAsterisk={false}
        {...form.getInputProps("from")}
      />
      {save.error && <ProblemNotice error={save.error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={save.isPending}>
          {word("action.save")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {word("action.cancel")}
        </Button>
      </div>
    </form>
  );
}

function SmsForm(props: GatewayFormProps) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const { gateway, onDone } = props;
  const save = useSaveGateway(props);
  const isJson = (text: string) => {
    if (text.trim() === "") return null;
    try {
      JSON.parse(text);
      return null;
    } catch {
      return t("gateway.jsonWrong");
    }
  };
  const shown = (name: string) => (gateway.settings?.[name] ? JSON.stringify(gateway.settings[name], null, 2) : "");
  const form = useForm({
    initialValues: {
      method: setting(gateway, "method") || "POST",
      url: setting(gateway, "url"),
      headers: shown("headers"),
      json: shown("json"),
      form: shown("form"),
      success: shown("success"),
    },
    validate: { headers: isJson, json: isJson, form: isJson, success: isJson },
  });
  const parsed = (text: string): unknown => JSON.parse(text);
  return (
    <form
      className={classes.gateway}
      onSubmit={form.onSubmit(({ method, url, ...bodies }) =>
        save.mutate({
          method,
          url: url.trim(),
          ...Object.fromEntries(
            Object.entries(bodies).flatMap(([name, text]) => (text.trim() ? [[name, parsed(text)]] : [])),
          ),
        }),
      )}
    >
      <div style={{ display: "grid", gridTemplateColumns: "112px 1fr", gap: 16 }}>
        <Select
          label={t("gateway.method")}
          allowDeselect={false}
          data={["POST", "GET", "PUT"]}
          {...form.getInputProps("method")}
        />
        <TextInput label={t("gateway.url")} type="url" required withAsterisk={false} {...form.getInputProps("url")} />
      </div>
      <p style={{ margin: 0 }} className="dim">
        {t("gateway.smsHelp", { to: "{{to}}", text: "{{text}}" })}
      </p>
      {(["headers", "json", "form", "success"] as const).map((name) => (
        <Textarea
          key={name}
          label={t(`gateway.${name}`)}
          className={classes.code}
          autosize
          minRows={2}
          spellCheck={false}
          {...form.getInputProps(name)}
        />
      ))}
      {save.error && <ProblemNotice error={save.error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={save.isPending}>
          {word("action.save")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {word("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
