import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Session } from "../../src/modules/identity/api.ts";
import { get, remove } from "../app/api.ts";
import { useFormat } from "../app/format.ts";
import { SettingsSection } from "../app/settings-page.tsx";
import { tellProblem } from "../app/undo-toast.tsx";
import classes from "./account-page.module.css";

const sessionsQuery = queryOptions({
  queryKey: ["identity", "sessions"],
  queryFn: ({ signal }) => get<{ items: Session[] }>("/sessions", {}, signal),
  select: ({ items }) => items,
});

/** Where one is signed in, and the way to end it elsewhere. */
export function SessionSection() {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const client = useQueryClient();
  const { data: sessions = [] } = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (path: string) => remove(path),
    onSuccess: () => client.invalidateQueries(sessionsQuery),
    onError: tellProblem,
  });
  return (
    <SettingsSection
      title={t("sessions.title")}
      lead={t("sessions.lead")}
      action={
        sessions.length > 1 && (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate("/sessions")}>
            {t("sessions.endOthers")}
          </Button>
        )
      }
    >
      <ul className={classes.list}>
        {sessions.map(({ id, userAgent, address, lastSeenAt, current }) => (
          <li key={id}>
            <span>
              {deviceOf(userAgent) ?? t("sessions.unknown")}
              <span className={classes.sub}>
                {current ? <span className={classes.here}>{t("sessions.here")}</span> : format.ago(lastSeenAt)}
                {address && ` · ${address}`}
              </span>
            </span>
            {!current && (
              <Button variant="subtle" onClick={() => end.mutate(`/sessions/${id}`)}>
                {t("sessions.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </SettingsSection>
  );
}

function deviceOf(userAgent: string | null): string | undefined {
  if (!userAgent) return undefined;
  const system = /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(userAgent)?.[0].replace("Macintosh", "Mac");
  const browser = /(Edg|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1]?.replace("Edg", "Edge");
  return [browser, system].filter(Boolean).join(" · ") || undefined;
}
