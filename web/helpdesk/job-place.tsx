import { Button } from "@mantine/core";
import { IconMapPin, IconPhone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Ticket } from "../../src/modules/helpdesk/api.ts";
import { siteQuery } from "../customers/customers.ts";
import classes from "./job-page.module.css";

/** Where it is, how one gets in, whom one can call: everything before arriving. */
export function JobPlace({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("helpdesk");
  const { data: site } = useQuery(siteQuery(ticket.siteId));
  const where =
    site && site.latitude !== null && site.longitude !== null
      ? `geo:${site.latitude},${site.longitude}?q=${site.latitude},${site.longitude}`
      : undefined;
  return (
    <section className={classes.section}>
      <h2>{t("field.place")}</h2>
      <p className={classes.placeName}>{ticket.siteName}</p>
      <p className={classes.dim}>{[ticket.customerName, site?.address].filter(Boolean).join(" · ")}</p>
      {site?.accessNotes && <p className={classes.access}>{site.accessNotes}</p>}
      {site && (site.phone || site.address) && (
        <div className={classes.reach}>
          {site.phone && (
            <Button
              variant="default"
              size="lg"
              component="a"
              href={`tel:${site.phone.replaceAll(" ", "")}`}
              leftSection={<IconPhone size={20} stroke={1.6} />}
            >
              {t("field.call")}
            </Button>
          )}
          {(where || site.address) && (
            <Button
              variant="default"
              size="lg"
              component="a"
              href={/Android/.test(navigator.userAgent) && where ? where : mapLink(site)}
              target="_blank"
              rel="noreferrer"
              leftSection={<IconMapPin size={20} stroke={1.6} />}
            >
              {t("field.route")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

/** Phones with Apple's maps open them from this address; others show the map page. */
function mapLink({
  latitude,
  longitude,
  address,
}: {
  latitude: number | null;
  longitude: number | null;
  address: string;
}): string {
  const apple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);
  const target = latitude !== null && longitude !== null ? `${latitude},${longitude}` : address;
  if (apple) return `https://maps.apple.com/?daddr=${encodeURIComponent(target)}`;
  return latitude !== null && longitude !== null
    ? `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
    : `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`;
}
