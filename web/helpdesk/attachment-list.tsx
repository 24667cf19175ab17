import { IconFile } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import classes from "./ticket-facts.module.css";
import { attachmentsQuery } from "./tickets.ts";

export function AttachmentList({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation("helpdesk");
  const { data: files = [] } = useQuery(attachmentsQuery(ticketId));
  if (files.length === 0) return null;
  return (
    <section className={classes.files}>
      <h3>{t("fact.files")}</h3>
      <ul>
        {files.map(({ id, name, mediaType, internal }) => {
          const address = `/api/v1/tickets/${ticketId}/attachments/${id}`;
          return (
            <li key={id}>
              <a href={address} target="_blank" rel="noreferrer">
                {/^image\/(png|jpeg|webp|gif|avif)$/.test(mediaType) ? (
                  <img src={address} alt="" loading="lazy" />
                ) : (
                  <IconFile size={18} stroke={1.6} aria-hidden />
                )}
                <span>
                  {name}
                  {internal && ` · ${t("journal.internal")}`}
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
