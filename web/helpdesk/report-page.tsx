import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeviceCode } from "../../src/modules/devices/api.ts";
import { useFontsOf } from "../app/fonts.ts";
import { useFormat } from "../app/format.ts";
import { isLanguage, rememberedLanguage } from "../app/languages.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { sessionQuery } from "../app/session.ts";
import { chooseLanguage, currentLanguage } from "../app/texts.ts";
import { type FaultKey, likelyFaults } from "./likely-faults.ts";
import { type Details, ReportDetails } from "./report-details.tsx";
import classes from "./report-page.module.css";
import {
  deviceCodeQuery,
  openReportsQuery,
  rememberedReport,
  rememberedReporter,
  rememberReport,
  sendPhoto,
  sendReport,
} from "./visitor.ts";
import { VisitorFrame } from "./visitor-frame.tsx";

/** What a QR label opens: tap what is wrong, tap send. */
export function ReportPage() {
  const { deviceCode } = useParams({ from: "/r/$deviceCode" });
  const label = useQuery(deviceCodeQuery(deviceCode));
  useProviderLanguage(label.data?.provider.locale);
  useFontsOf(label.data?.provider.locale);
  if (label.isPending) return <PageLoading />;
  if (label.isError) {
    return (
      <VisitorFrame provider="Mainstay">
        <ProblemNotice error={label.error} onRetry={() => void label.refetch()} />
      </VisitorFrame>
    );
  }
  return (
    <VisitorFrame provider={label.data.provider.name}>
      <ReportForm code={deviceCode} label={label.data} />
    </VisitorFrame>
  );
}

function ReportForm({ code, label }: { code: string; label: DeviceCode }) {
  const { t } = useTranslation("helpdesk");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [fault, setFault] = useState<FaultKey | "else">();
  const [details, setDetails] = useState<Details>({ text: "", photos: [], stopsWork: false, ...rememberedReporter() });
  const below = useRef<HTMLDivElement>(null);

  const send = useMutation({
    mutationFn: async () => {
      const { text, stopsWork, photos, name, phone, email } = details;
      const firstLine = text.trim().split("\n")[0]?.slice(0, 200) ?? "";
      const subject = fault && fault !== "else" ? t(fault) : firstLine;
      const receipt = await sendReport(code, {
        subject,
        ...(text.trim() ? { description: text.trim() } : {}),
        urgency: stopsWork ? "high" : "medium",
        ...(name.trim() ? { name: name.trim() } : {}),
        ...(phone.trim() ? { phone: phone.trim() } : {}),
        ...(email.trim() ? { email: email.trim() } : {}),
        locale: currentLanguage(),
      });
      // The report stands; a photo that does not get through must not make it look lost.
      await Promise.allSettled(photos.map((photo) => sendPhoto(receipt.ticketId, photo)));
      return receipt;
    },
    async onSuccess({ token, ticketId }) {
      if (!token) return openOwn(ticketId);
      rememberReport({ name: details.name, phone: details.phone, email: details.email }, code, token);
      return navigate({ to: "/t/$token", params: { token } });
    },
  });
  /** Someone who is signed in reports in their own name, and follows it where their other tickets are. */
  async function openOwn(ticketId: string) {
    const session = await client.ensureQueryData(sessionQuery);
    await navigate({
      to: session?.kind === "staff" ? "/desk/$ticketId" : "/portal/tickets/$ticketId",
      params: { ticketId },
    });
  }
  const ready = fault !== undefined && (fault !== "else" || details.text.trim() !== "");

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send.mutate();
      }}
    >
      <p className={classes.place}>
        {label.site.name}
        <br />
        <strong>{label.device.name}</strong>
      </p>
      <h1 className={classes.title}>{t("report.title")}</h1>
      <AlreadyReported code={code} />
      <fieldset className={classes.faults}>
        <legend className="visually-hidden">{t("report.title")}</legend>
        {[...likelyFaults(label.device.type), "else" as const].map((each) => (
          <label key={each} className={classes.fault} data-chosen={fault === each || undefined}>
            <input
              type="radio"
              name="fault"
              checked={fault === each}
              onChange={() => {
                setFault(each);
                requestAnimationFrame(() => below.current?.scrollIntoView({ block: "nearest", behavior: "smooth" }));
              }}
            />
            <span>{each === "else" ? t("report.else") : t(each)}</span>
          </label>
        ))}
      </fieldset>
      {fault && <ReportDetails details={details} onChange={setDetails} textFirst={fault === "else"} />}
      <div ref={below} className={classes.send}>
        {send.error && <ProblemNotice error={send.error} />}
        <button type="submit" className={classes.button} disabled={!ready || send.isPending}>
          {send.isPending ? t("report.sending") : t("report.send")}
        </button>
      </div>
    </form>
  );
}

/** Saves a second report of the same fault: what is open here, and the way back to the own report. */
function AlreadyReported({ code }: { code: string }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const format = useFormat();
  const { data } = useQuery(openReportsQuery(code));
  const own = rememberedReport(code);
  const open = data?.items ?? [];
  if (open.length === 0 && !own) return null;
  return (
    <section className={classes.already}>
      {open.length > 0 && <h2>{t("report.already")}</h2>}
      <ul>
        {open.map(({ number, subject, state, openedAt }) => (
          <li key={number}>
            {subject}
            <span>
              {word(`state.${state}`)} · {format.ago(openedAt)}
            </span>
          </li>
        ))}
      </ul>
      {own && (
        <Link to="/t/$token" params={{ token: own }}>
          {t("report.earlier")}
        </Link>
      )}
    </section>
  );
}

/** A visitor who never chose a language here, and whose browser names none of ours, reads the provider's. */
function useProviderLanguage(locale: string | undefined) {
  useEffect(() => {
    const known = navigator.languages.some((tag) => /^(en|zh|vi)/i.test(tag));
    if (!known && !rememberedLanguage() && isLanguage(locale)) void chooseLanguage(locale);
  }, [locale]);
}
