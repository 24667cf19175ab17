import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { JournalEntry } from "../../src/modules/helpdesk/api.ts";
import { useFormat } from "../app/format.ts";
import { useMembers } from "../identity/members.ts";

const plain = [
  "acknowledged",
  "departed",
  "arrived",
  "restored",
  "resumed",
  "resolved",
  "reopened",
  "closed",
  "cancelled",
  "promise_revised",
] as const;
const fields = [
  "subject",
  "description",
  "kind",
  "impact",
  "urgency",
  "deviceId",
  "requesterId",
  "tags",
  "confidential",
  "tier",
] as const;
const channels = ["portal", "qr", "email", "api", "alert", "phone"] as const;
const reasons = [
  "waiting_for_user",
  "waiting_for_supplier",
  "agreed_appointment",
  "planned_maintenance",
  "other",
] as const;
const targets = ["response", "restore", "resolve"] as const;
const workKinds = ["remote", "on_site", "travel"] as const;

/** A line of the journal in the reader's language; a kind that this page does not know yet shows its own name. */
export function useJournalWords(): (entry: JournalEntry) => string {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const format = useFormat();
  const members = useMembers();

  return useCallback(
    ({ kind, data }: JournalEntry): string => {
      const text = (member: string) => {
        const value = data[member];
        return typeof value === "string" || typeof value === "number" ? String(value) : "";
      };
      const simple = plain.find((each) => each === kind);
      if (simple) return t(`journal.${simple}`);
      switch (kind) {
        case "opened": {
          const channel = channels.find((each) => each === data.channel);
          return t("journal.opened", { channel: channel ? t(`channel.${channel}`) : text("channel") });
        }
        case "assigned": {
          const name = text("assigneeName");
          return name ? t("journal.assigned", { name }) : t("journal.unassigned");
        }
        case "paused": {
          const reason = reasons.find((each) => each === data.reason) ?? "other";
          return t("journal.paused", { reason: t(`pauseReason.${reason}`) });
        }
        case "edited":
          return t("journal.edited", { what: format.list(changes(data, t)) });
        case "work": {
          const of = workKinds.find((each) => each === data.kind) ?? "remote";
          return t("journal.work", { time: format.duration(Number(data.minutes) * 60), kind: t(`work.${of}`) });
        }
        case "attachment":
          return t("journal.attachment", { name: "" }).trim();
        case "clock_due_soon":
        case "clock_breached": {
          const target = targets.find((each) => each === data.target) ?? "resolve";
          return t(`journal.${kind}`, { target: word(`time.target.${target}`) });
        }
        case "escalated": {
          const ids: unknown[] = Array.isArray(data.staffIds) ? data.staffIds : [];
          const names = members.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
          if (nobodyAnswered({ kind, data })) return t("journal.nobody_answered");
          return t("journal.escalated", { name: format.list(names) || "…" });
        }
        case "rated":
          return t("journal.rated", { stars: text("overall") });
        default:
          return t("journal.other", { kind: kind.replaceAll("_", " ") });
      }
    },
    [t, word, format, members],
  );
}

/** Everyone was called and nobody took it. */
export function nobodyAnswered({ kind, data }: Pick<JournalEntry, "kind" | "data">): boolean {
  return kind === "escalated" && data.reason === "nobody_answered";
}

/** The members of a ticket that an edit touched, in words. */
function changes(data: JournalEntry["data"], t: TFunction<"helpdesk">): string[] {
  const rewritten: unknown[] = Array.isArray(data.rewritten) ? data.rewritten : [];
  const named = fields
    .filter((member) => Object.hasOwn(data, member) || rewritten.includes(member))
    .map((member) => t(`member.${member}`));
  const priority: unknown = data.priority;
  if (typeof priority !== "object" || priority === null) return named;
  const side = (name: "from" | "to") => String(Reflect.get(priority, name)).toUpperCase();
  return [t("member.priority", { from: side("from"), to: side("to") }), ...named];
}
