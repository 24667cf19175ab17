import { PasswordInput, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ContactPoint, NewContactPoint } from "../../src/modules/helpdesk/api.ts";
import { post } from "../app/api.ts";
import { SideForm } from "../app/side-form.tsx";
import { tellDone } from "../app/undo-toast.tsx";
import { contactPointsQuery } from "./contact-points.ts";

const channels = ["email", "sms", "ntfy", "wecom", "dingtalk", "feishu", "slack", "teams"] as const;
type Kind = (typeof channels)[number];

/** One more way to reach me. Push is not here: each browser switches itself on. */
export function ContactPointForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      kind: "email" as Kind,
      label: "",
      to: "",
      webhookUrl: "",
      secret: "",
      server: "https://ntfy.sh",
      topic: "",
      token: "",
    },
  });
  const add = useMutation({
    mutationFn: (point: NewContactPoint) => post<ContactPoint>("/contact-points", point),
    async onSuccess() {
      await client.invalidateQueries(contactPointsQuery);
      tellDone(word("saved"));
      onClose();
    },
  });
  const { kind } = form.values;
  const isChat = kind !== "email" && kind !== "sms" && kind !== "ntfy";
  return (
    <SideForm
      title={t("channels.add")}
      save={add}
      onClose={onClose}
      size={480}
      onSubmit={() =>
        add.mutate({
          label: form.values.label.trim() || t(`callChannel.${kind}`),
          destination: destinationOf(form.values),
        })
      }
    >
      <Select
        label={t("channels.kind")}
        allowDeselect={false}
        data={channels.map((value) => ({ value, label: t(`callChannel.${value}`) }))}
        value={kind}
        onChange={(value) => form.setFieldValue("kind", channels.find((each) => each === value) ?? "email")}
      />
      <TextInput
        label={t("channels.label")}
        description={t("channels.labelHelp")}
        maxLength={200}
        {...form.getInputProps("label")}
      />
      {kind === "email" && (
        <TextInput label={t("report.email")} type="email" required withAsterisk={false} {...form.getInputProps("to")} />
      )}
      {kind === "sms" && (
        <TextInput
          label={t("report.phone")}
          type="tel"
          required
          withAsterisk={false}
          placeholder="+8613800000000"
          {...form.getInputProps("to")}
        />
      )}
      {isChat && (
        <TextInput
          label={t("channels.webhook")}
          description={t("channels.webhookHelp")}
          type="url"
          required
          withAsterisk={false}
          {...form.getInputProps("webhookUrl")}
        />
      )}
      {(kind === "dingtalk" || kind === "feishu") && (
        <PasswordInput
          label={t("channels.secret")}
          description={t("channels.secretHelp")}
          autoComplete="off"
          {...form.getInputProps("secret")}
        />
      )}
      {kind === "ntfy" && (
        <>
          <TextInput
            label={t("channels.server")}
            type="url"
            required
            withAsterisk={false}
            {...form.getInputProps("server")}
          />
          <TextInput label={t("channels.topic")} required withAsterisk={false} {...form.getInputProps("topic")} />
          <PasswordInput label={t("channels.token")} autoComplete="off" {...form.getInputProps("token")} />
        </>
      )}
    </SideForm>
  );
}

interface Values {
  kind: Kind;
  to: string;
  webhookUrl: string;
  secret: string;
  server: string;
  topic: string;
  token: string;
}

function destinationOf({ kind, to, webhookUrl, secret, server, topic, token }: Values): NewContactPoint["destination"] {
  switch (kind) {
    case "email":
      return { channel: "email", to: to.trim() };
    case "sms":
      return { channel: "sms", to: to.replaceAll(/[\s()./-]/g, "") };
    case "ntfy":
      return { channel: "ntfy", server: server.trim(), topic: topic.trim(), ...(token ? { token } : {}) };
    case "dingtalk":
    case "feishu":
      return { channel: kind, webhookUrl: webhookUrl.trim(), ...(secret ? { secret } : {}) };
    default:
      return { channel: kind, webhookUrl: webhookUrl.trim() };
  }
}
