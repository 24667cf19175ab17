import { useTranslation } from "react-i18next";
import { useFormat } from "../app/format.ts";
import { PersonFace } from "../app/person-chip.tsx";
import { useSession } from "../app/session.ts";
import { useMembers } from "../identity/members.ts";
import classes from "./composer.module.css";
import { usePresence } from "./presence.ts";

/** Two answers to one question are worse than a late one: says who else is here, loudest when they are writing. */
export function PresenceNotice({ ticketId, writing }: { ticketId: string; writing: boolean }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const session = useSession();
  const members = useMembers();
  const others = usePresence(ticketId, session.id, writing ? "replying" : "viewing");
  const replying = [...others].filter(([, doing]) => doing === "replying");
  const shown = (replying.length > 0 ? replying : [...others]).map(
    ([id]) => members.find((member) => member.id === id)?.name ?? "…",
  );
  return (
    <div role="status">
      {shown.length > 0 && (
        <p className={classes.presence} data-replying={replying.length > 0 || undefined}>
          <span className={classes.faces}>
            {shown.map((name) => (
              <PersonFace key={name} name={name} />
            ))}
          </span>
          {t(replying.length > 0 ? "presence.replying" : "presence.viewing", {
            count: shown.length,
            names: format.list(shown),
          })}
        </p>
      )}
    </div>
  );
}
