import { Button, CloseButton, Switch } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Static } from "typebox";
import type { ContactPoint, TestOutcome } from "../../src/modules/helpdesk/api.ts";
import { patch, post, remove } from "../app/api.ts";
import { EmptyState } from "../app/empty-state.tsx";
import { useFormat } from "../app/format.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useMay } from "../app/session.ts";
import { SettingsPage } from "../app/settings-page.tsx";
import { tellDone, tellProblem, tellRefusal } from "../app/undo-toast.tsx";
import classes from "./channels-page.module.css";
import { ContactPointForm } from "./contact-point-form.tsx";
import { contactPointsQuery } from "./contact-points.ts";
import { GatewaySection } from "./gateway-section.tsx";
import { usePush } from "./push.ts";

/** Where I am rung, tried out with one click; and the firm's ways out. */
export function ChannelsPage() {
  const { t } = useTranslation("helpdesk");
  const client = useQueryClient();
  const mayGateways = useMay("channel.read");
  const points = useQuery(contactPointsQuery);
  const push = usePush();
  const [adding, setAdding] = useState(false);
  const switchOn = useMutation({
    mutationFn: push.switchOn,
    onSuccess: () => client.invalidateQueries(contactPointsQuery),
    onError: tellProblem,
  });
  return (
    <SettingsPage
      title={t("channels.title")}
      lead={t("channels.lead")}
      action={
        <>
          {push.state === "off" && (
            <Button variant="default" loading={switchOn.isPending} onClick={() => switchOn.mutate()}>
              {t("channels.thisBrowser")}
            </Button>
          )}
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setAdding(true)}>
            {t("channels.add")}
          </Button>
        </>
      }
    >
      {points.isPending && <PageLoading />}
      {points.isError && <ProblemNotice error={points.error} onRetry={() => void points.refetch()} />}
      {points.data?.length === 0 && <EmptyState title={t("channels.none")}>{t("channels.noneWhy")}</EmptyState>}
      <ul className={classes.list}>
        {points.data?.map((point) => (
          <PointRow key={point.id} point={point} />
        ))}
      </ul>
      {mayGateways && <GatewaySection />}
      {adding && <ContactPointForm onClose={() => setAdding(false)} />}
    </SettingsPage>
  );
}

function PointRow({ point }: { point: ContactPoint }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(contactPointsQuery);
  const test = useMutation({
    mutationFn: () => post<Static<typeof TestOutcome>>(`/contact-points/${point.id}/test`),
    onSuccess({ state, detail }) {
      if (state === "sent") tellDone(t("channels.testSent"));
      else tellRefusal(t("channels.testFailed", { detail: detail ?? "" }));
      return refresh();
    },
    onError: tellProblem,
  });
  const change = useMutation({
    mutationFn: (active: boolean) => patch(`/contact-points/${point.id}`, { active }, point.version),
    onSuccess: refresh,
    onError: tellProblem,
  });
  const drop = useMutation({
    mutationFn: () => remove(`/contact-points/${point.id}`),
    onSuccess: refresh,
    onError: tellProblem,
  });
  const where = Object.values(point.destination).filter((part) => part !== point.channel && part !== point.label);
  return (
    <li className={classes.point}>
      <span>
        <strong>{point.label}</strong>
        <span className={classes.sub}>{[t(`callChannel.${point.channel}`), ...where].join(" · ")}</span>
        {point.failingSince && (
          <span className={classes.failing}>
            {t("channels.failing", { time: format.moment(point.failingSince), detail: point.lastError ?? "" })}
          </span>
        )}
      </span>
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        {t("channels.test")}
      </Button>
      <Switch
        aria-label={`${t("channels.active")}: ${point.label}`}
        checked={point.active}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      <CloseButton aria-label={`${t("channels.remove")}: ${point.label}`} onClick={() => drop.mutate()} />
    </li>
  );
}
