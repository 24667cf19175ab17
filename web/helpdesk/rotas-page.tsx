import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../app/empty-state.tsx";
import { useFormat } from "../app/format.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { PersonChip } from "../app/person-chip.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useMay } from "../app/session.ts";
import { SettingsPage } from "../app/settings-page.tsx";
import { DutySection } from "./duty-section.tsx";
import { EscalationSection } from "./escalation-section.tsx";
import { RotaForm } from "./rota-form.tsx";
import { RotaShifts } from "./rota-shifts.tsx";
import { type RotaRow, rotasQuery } from "./rotas.ts";
import classes from "./rotas-page.module.css";

export function RotasPage() {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const format = useFormat();
  const mayWrite = useMay("rota.write");
  const rotas = useQuery(rotasQuery);
  const [open, setOpen] = useState<RotaRow | "new">();
  return (
    <SettingsPage
      title={t("rota.title")}
      lead={t("rota.lead")}
      action={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setOpen("new")}>
            {t("rota.add")}
          </Button>
        )
      }
    >
      {rotas.isPending && <PageLoading />}
      {rotas.isError && <ProblemNotice error={rotas.error} onRetry={() => void rotas.refetch()} />}
      {rotas.data?.length === 0 && <EmptyState title={t("rota.none")}>{t("rota.noneWhy")}</EmptyState>}
      {rotas.data?.map((rota) => (
        <article key={rota.id} className={classes.rota}>
          <header>
            <h2>{rota.name}</h2>
            {rota.onCall ? (
              <p className={classes.onCall}>
                <PersonChip name={rota.onCall.name} size={24} />
                <span className="dim">{t("rota.until", { time: format.moment(rota.onCall.until) })}</span>
              </p>
            ) : (
              <p className={classes.nobody}>{t("rota.nobody")}</p>
            )}
            {mayWrite && (
              <Button variant="default" onClick={() => setOpen(rota)}>
                {word("action.edit")}
              </Button>
            )}
          </header>
          <RotaShifts rota={rota} mayWrite={mayWrite} />
        </article>
      ))}
      <DutySection />
      <EscalationSection rotas={rotas.data ?? []} />
      {open && <RotaForm rota={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </SettingsPage>
  );
}
