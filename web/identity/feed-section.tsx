import { Button, CopyButton, TextInput } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, post, remove } from "../app/api.ts";
import { useFormat } from "../app/format.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useSession } from "../app/session.ts";
import { SettingsSection } from "../app/settings-page.tsx";
import { tellDone } from "../app/undo-toast.tsx";
import classes from "./account-page.module.css";

const feedQuery = queryOptions({
  queryKey: ["identity", "calendar-feed"],
  queryFn: ({ signal }) => get<{ createdAt: string | null }>("/calendar-feed", {}, signal),
});

/** One's own work in any calendar program: a secret address, shown once, renewed and revoked here. */
export function FeedSection() {
  const { permissions } = useSession();
  return permissions.includes("ticket.work") && permissions.includes("rota.read") ? <Feed /> : null;
}

function Feed() {
  const { t } = useTranslation("identity");
  const { t: word } = useTranslation("app");
  const format = useFormat();
  const client = useQueryClient();
  const { data: feed } = useQuery(feedQuery);
  const refresh = () => client.invalidateQueries(feedQuery);
  const make = useMutation({ mutationFn: () => post<{ url: string }>("/calendar-feed"), onSuccess: refresh });
  const revoke = useMutation({
    mutationFn: () => remove("/calendar-feed"),
    onSuccess() {
      make.reset();
      tellDone(t("feed.revoked"));
      return refresh();
    },
  });
  const exists = feed !== undefined && feed.createdAt !== null;
  const error = make.error ?? revoke.error;
  return (
    <SettingsSection title={t("feed.title")} lead={t("feed.lead")}>
      {make.data && (
        <div className={classes.form} role="status">
          <TextInput
            label={t("feed.address")}
            description={t("feed.once")}
            readOnly
            value={make.data.url}
            onFocus={(event) => event.currentTarget.select()}
          />
          <div className={classes.actions}>
            <CopyButton value={make.data.url}>
              {({ copied, copy }) => <Button onClick={copy}>{word(copied ? "action.copied" : "action.copy")}</Button>}
            </CopyButton>
            <Button variant="default" component="a" href={make.data.url.replace(/^https?:/, "webcal:")}>
              {t("feed.open")}
            </Button>
          </div>
          <ul className={classes.hints}>
            <li>{t("feed.google")}</li>
            <li>{t("feed.apple")}</li>
            <li>{t("feed.outlook")}</li>
          </ul>
        </div>
      )}
      {!make.data && feed && (
        <p className={classes.state}>
          {feed.createdAt === null ? t("feed.none") : t("feed.since", { at: format.moment(feed.createdAt) })}
        </p>
      )}
      {error && <ProblemNotice error={error} />}
      <div className={classes.actions}>
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {t(exists ? "feed.renew" : "feed.make")}
        </Button>
        {exists && (
          <Button variant="subtle" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            {t("feed.revoke")}
          </Button>
        )}
      </div>
      {exists && <p className={classes.state}>{t("feed.renewHelp")}</p>}
    </SettingsSection>
  );
}
