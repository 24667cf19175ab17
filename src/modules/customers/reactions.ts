import type { Reaction } from "../../platform/events.ts";
import { saveChosenLocale } from "./people.sql.ts";

/** Someone at a customer chose a language for oneself: mails and pages follow it. */
export const customersReactions: Readonly<Record<string, Reaction>> = {
  "identity.locale_chosen": async (tx, event) => {
    const { locale } = event.data;
    if (event.actorKind === "person" && typeof locale === "string") await saveChosenLocale(tx, event.actorId, locale);
  },
};
