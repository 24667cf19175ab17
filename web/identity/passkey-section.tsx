import { Button, CloseButton, TextInput } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Passkey } from "../../src/modules/identity/api.ts";
import { get, remove } from "../app/api.ts";
import { useFormat } from "../app/format.ts";
import { ApiProblem } from "../app/problem.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { setupQuery } from "../app/session.ts";
import { SettingsSection } from "../app/settings-page.tsx";
import classes from "./account-page.module.css";
import { addPasskey, canUsePasskeys } from "./passkeys.ts";

const passkeysQuery = queryOptions({
  queryKey: ["identity", "passkeys"],
  queryFn: ({ signal }) => get<{ items: Passkey[] }>("/passkeys", {}, signal),
  select: ({ items }) => items,
});

export function PasskeySection() {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const client = useQueryClient();
  const { data: setup } = useQuery(setupQuery);
  const { data: passkeys = [] } = useQuery(passkeysQuery);
  const [name, setName] = useState("");
  const refresh = () => client.invalidateQueries(passkeysQuery);
  const add = useMutation({
    mutationFn: () => addPasskey(name.trim()),
    onSuccess() {
      setName("");
      return refresh();
    },
  });
  const drop = useMutation({ mutationFn: (id: string) => remove(`/passkeys/${id}`), onSuccess: refresh });
  const possible = setup?.passkeys === true && canUsePasskeys();
  const error = add.error instanceof ApiProblem ? add.error : drop.error;
  return (
    <SettingsSection title={t("passkey.title")} lead={t(possible ? "passkey.lead" : "passkey.impossible")}>
      {passkeys.length > 0 && (
        <ul className={classes.list}>
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <span>
                {passkey.name}
                <span className={classes.sub}>{format.date(passkey.createdAt)}</span>
              </span>
              <CloseButton
                aria-label={`${t("passkey.remove")}: ${passkey.name}`}
                onClick={() => drop.mutate(passkey.id)}
              />
            </li>
          ))}
        </ul>
      )}
      {possible && (
        <form
          className={classes.form}
          style={{ marginTop: 16 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) add.mutate();
          }}
        >
          <TextInput
            label={t("passkey.name")}
            description={t("passkey.nameHelp")}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {error && <ProblemNotice error={error} />}
          <Button
            type="submit"
            variant="default"
            disabled={!name.trim()}
            loading={add.isPending}
            className={classes.button}
          >
            {t("passkey.add")}
          </Button>
        </form>
      )}
    </SettingsSection>
  );
}
