import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Device } from "../../src/modules/devices/api.ts";
import type { TicketListItem } from "../../src/modules/helpdesk/api.ts";
import { get, type Page } from "../app/api.ts";
import { useFormat } from "../app/format.ts";
import { StateMark } from "../app/state-mark.tsx";
import classes from "./scan-page.module.css";

/** What is known of a device, standing before it: what it is, and what it had. */
export function DeviceCard({ device }: { device: Device }) {
  const { t } = useTranslation("devices");
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ["helpdesk", "device-tickets", device.id],
    queryFn: ({ signal }) =>
      get<Page<TicketListItem>>("/tickets", { deviceId: device.id, sort: "newest", limit: 10 }, signal),
  });
  const facts: [string, string | null][] = [
    [t("type"), device.type],
    [t("model"), [device.manufacturer, device.model].filter(Boolean).join(" ") || null],
    [t("serial"), device.serial],
    [t("installedOn"), device.installedOn && format.date(`${device.installedOn}T12:00:00`)],
    [t("warrantyUntil"), device.warrantyUntil && format.date(`${device.warrantyUntil}T12:00:00`)],
    [t("statusLabel"), t(`status.${device.status}`)],
  ];
  return (
    <>
      <p className={classes.site}>
        {device.siteName} · {device.customerName}
      </p>
      <h1 className={classes.title}>{device.name}</h1>
      <dl className={classes.facts}>
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <h2 className={classes.heading}>{t("history")}</h2>
      {data?.items.length === 0 && <p className={classes.hint}>{t("noHistory")}</p>}
      <ul className={classes.history}>
        {data?.items.map(({ id, subject, state, openedAt }) => (
          <li key={id}>
            <Link to="/my-work/$ticketId" params={{ ticketId: id }}>
              <StateMark state={state} compact />
              <span>{subject}</span>
              <time dateTime={openedAt}>{format.shortDate(openedAt)}</time>
            </Link>
          </li>
        ))}
      </ul>
      <Button size="xl" fullWidth component="a" href={`/r/${device.code}`}>
        {t("report")}
      </Button>
    </>
  );
}
