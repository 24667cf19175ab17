import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ServiceQuality } from "../../src/modules/quality/api.ts";
import { useFormat } from "../app/format.ts";
import classes from "./my-quality-page.module.css";

const fewAtFirst = 12;

/** Every site's figures; those that need a look first: something open, then the promises kept least. */
export function SiteTable({ sites, more }: { sites: ServiceQuality["sites"]; more: boolean }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const [all, setAll] = useState(sites.length <= fewAtFirst);
  const sorted = sites.toSorted(
    (a, b) => b.open - a.open || (a.attainment ?? 2) - (b.attainment ?? 2) || b.opened - a.opened,
  );
  return (
    <div className={classes.section}>
      <h3>{t("service.sites")}</h3>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("service.site")}</th>
              <th scope="col">{t("service.open")}</th>
              <th scope="col">{t("service.opened")}</th>
              <th scope="col">{t("service.attainment")}</th>
              <th scope="col">{t("service.rating")}</th>
            </tr>
          </thead>
          <tbody>
            {(all ? sorted : sorted.slice(0, fewAtFirst)).map((site) => (
              <tr key={site.siteId}>
                <th scope="row">{site.siteName}</th>
                <td data-some={site.open > 0 || undefined}>{format.number(site.open)}</td>
                <td>{format.number(site.opened)}</td>
                <td>{site.attainment === null ? "–" : format.percent(site.attainment)}</td>
                <td>{site.overall === null ? "–" : format.number(site.overall, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && (
        <Button variant="default" mt={12} onClick={() => setAll(true)}>
          {t("service.allSites", { count: sites.length })}
        </Button>
      )}
      {more && <p className={classes.more}>{t("service.moreSites")}</p>}
    </div>
  );
}
