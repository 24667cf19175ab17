import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket, TicketListItem, Verb } from "../../src/modules/helpdesk/api.ts";
import { sendOrKeep } from "../app/outbox.ts";
import type { KeptStep } from "../app/outbox-store.ts";
import { tellDone, tellProblem } from "../app/undo-toast.tsx";
import { patchTicket } from "./live-tickets.ts";
import { leadsTo } from "./ticket-steps.ts";

type Job = Pick<TicketListItem, "id" | "state">;
export type FieldVerb = Verb | "notes" | "replies" | "work" | "attachments";

const verbs = ["acknowledge", "depart", "arrive", "restore", "pause", "resume", "resolve"] as const;
const stamps: Readonly<Partial<Record<FieldVerb, keyof Ticket>>> = {
  acknowledge: "acknowledgedAt",
  depart: "departedAt",
  arrive: "arrivedAt",
  restore: "restoredAt",
  resolve: "resolvedAt",
};

/** A job as it stands with the steps that were taken without signal and are still on their way. */
export function withKeptSteps<T extends Job>(job: T, steps: readonly KeptStep[]): T {
  const changes: Partial<Record<string, unknown>>[] = steps
    .filter((step) => step.ticketId === job.id && !step.refusal)
    .map(({ verb, at }) => {
      const known = verbs.find((each) => each === verb);
      const state = known && leadsTo[known];
      const stamp = known && stamps[known];
      return { ...(state ? { state } : {}), ...(stamp && stamp in job ? { [stamp]: at } : {}) };
    });
  return Object.assign({}, job, ...changes);
}

/** An engineer's steps: shown at once, sent when there is signal, kept until then. */
export function useFieldStep() {
  const client = useQueryClient();
  const { t } = useTranslation("helpdesk");
  const [busy, setBusy] = useState(false);

  const take = useCallback(
    async (job: Job, verb: FieldVerb, body: Readonly<Record<string, unknown>> = {}, file?: File): Promise<boolean> => {
      const state =
        verb === "notes" || verb === "replies" || verb === "work" || verb === "attachments" ? undefined : leadsTo[verb];
      const stamp = stamps[verb];
      setBusy(true);
      patchTicket(client, job.id, {
        ...(state ? { state } : {}),
        ...(stamp ? { [stamp]: new Date().toISOString() } : {}),
      });
      try {
        const outcome = await sendOrKeep({
          ticketId: job.id,
          verb,
          path: `/tickets/${job.id}/${verb}`,
          body,
          ...(file ? { file, fileName: file.name } : {}),
        });
        if (outcome === "kept") tellDone(t("field.kept"));
        else await client.invalidateQueries({ queryKey: ["helpdesk"] });
        return true;
      } catch (error) {
        tellProblem(error);
        patchTicket(client, job.id, { state: job.state });
        void client.invalidateQueries({ queryKey: ["helpdesk", "ticket", job.id] });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [client, t],
  );
  return { take, busy };
}

/** Where the phone is, if its owner lets it tell and it knows within a few seconds. Arriving never waits for it. */
export function findPosition(): Promise<{ latitude: number; longitude: number; accuracyMeters?: number } | undefined> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve(undefined);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => resolve({ latitude, longitude, accuracyMeters: accuracy }),
      () => resolve(undefined),
      { timeout: 4000, maximumAge: 60_000 },
    );
  });
}
