import { Select, UnstyledButton } from "@mantine/core";
import { IconMapPin, IconPhone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "../../src/modules/helpdesk/api.ts";
import { useFormat } from "../app/format.ts";
import { PersonChip } from "../app/person-chip.tsx";
import { useMay } from "../app/session.ts";
import { StateMark } from "../app/state-mark.tsx";
import { siteQuery } from "../customers/customers.ts";
import { AttachmentList } from "./attachment-list.tsx";
import { useTakeStep } from "./take-step.ts";
import classes from "./ticket-facts.module.css";
import paneClasses from "./ticket-pane.module.css";
import { deviceTicketsQuery } from "./tickets.ts";

const levels = ["low", "medium", "high"] as const;

/** Who, where, what: everything known about the ticket that is no story. */
export function TicketFacts({ ticket, onAssign }: { ticket: Ticket; onAssign(): void }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const format = useFormat();
  const canEdit = useMay("ticket.edit");
  const canAssign = useMay("ticket.assign");
  const take = useTakeStep();
  const { data: site } = useQuery(siteQuery(ticket.siteId));

  const level = (member: "impact" | "urgency") => (
    <Fact label={t(`fact.${member}`)}>
      {canEdit ? (
        <Select
          aria-label={t(`fact.${member}`)}
          variant="unstyled"
          size="sm"
          allowDeselect={false}
          data={levels.map((value) => ({ value, label: word(`level.${value}`) }))}
          value={ticket[member]}
          onChange={(value) => {
            const chosen = levels.find((each) => each === value);
            if (chosen && chosen !== ticket[member])
              void take.edit(ticket, member === "impact" ? { impact: chosen } : { urgency: chosen });
          }}
          classNames={{ input: classes.select ?? "" }}
        />
      ) : (
        word(`level.${ticket[member]}`)
      )}
    </Fact>
  );

  return (
    <aside className={paneClasses.facts}>
      <dl className={classes.facts}>
        <Fact label={t("fact.assignee")}>
          {canAssign ? (
            <UnstyledButton className={classes.assignee} onClick={onAssign}>
              {ticket.assigneeName ? (
                <PersonChip name={ticket.assigneeName} />
              ) : (
                <span className={classes.missing}>{t("list.unassigned")}</span>
              )}
            </UnstyledButton>
          ) : (
            (ticket.assigneeName ?? t("list.unassigned"))
          )}
        </Fact>
        <Fact label={t("fact.requester")}>
          {ticket.requesterName ?? <span className={classes.missing}>{t("fact.unknown")}</span>}
        </Fact>
        <Fact label={t("fact.site")}>
          {ticket.siteName}
          <span className={classes.sub}>{ticket.customerName}</span>
          {site?.address && <span className={classes.sub}>{site.address}</span>}
          {(site?.phone || site?.address) && (
            <span className={classes.links}>
              {site.phone && (
                <a href={`tel:${site.phone.replaceAll(" ", "")}`}>
                  <IconPhone size={14} stroke={1.6} aria-hidden /> {site.phone}
                </a>
              )}
              {site.latitude !== null && site.longitude !== null && (
                <a
                  href={`https://www.openstreetmap.org/?mlat=${site.latitude}&mlon=${site.longitude}#map=17/${site.latitude}/${site.longitude}`}
                  target="_blank"
                  rel="noreferrer"
                >
                  <IconMapPin size={14} stroke={1.6} aria-hidden /> {t("fact.map")}
                </a>
              )}
            </span>
          )}
        </Fact>
        {site?.accessNotes && <Fact label={t("fact.access")}>{site.accessNotes}</Fact>}
        <Fact label={t("fact.device")}>
          {ticket.deviceName ?? <span className={classes.missing}>{t("fact.noDevice")}</span>}
        </Fact>
        {level("impact")}
        {level("urgency")}
        <Fact label={t("fact.channel")}>{t(`channel.${ticket.channel}`)}</Fact>
        <Fact label={t("fact.opened")}>
          <time dateTime={ticket.openedAt} title={format.full(ticket.openedAt)}>
            {format.moment(ticket.openedAt)} · {format.ago(ticket.openedAt)}
          </time>
        </Fact>
        {ticket.tags.length > 0 && <Fact label={t("fact.tags")}>{ticket.tags.join(", ")}</Fact>}
      </dl>
      <AttachmentList ticketId={ticket.id} />
      {ticket.deviceId && <Earlier deviceId={ticket.deviceId} ticketId={ticket.id} />}
    </aside>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A fault seldom comes alone: what this device had before. */
function Earlier({ deviceId, ticketId }: { deviceId: string; ticketId: string }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const { data } = useQuery(deviceTicketsQuery(deviceId));
  const earlier = data?.items.filter(({ id }) => id !== ticketId).slice(0, 4) ?? [];
  if (earlier.length === 0) return null;
  return (
    <section className={classes.earlier}>
      <h3>{t("fact.earlier")}</h3>
      <ul>
        {earlier.map(({ id, subject, state, openedAt }) => (
          <li key={id}>
            <StateMark state={state} compact />
            <Link to="/desk/$ticketId" params={{ ticketId: id }} search={true}>
              {subject}
            </Link>
            <time dateTime={openedAt}>{format.shortDate(openedAt)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
