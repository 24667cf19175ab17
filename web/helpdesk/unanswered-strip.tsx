import { UnstyledButton } from "@mantine/core";
import { IconBellX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { TicketListItem } from "../../src/modules/helpdesk/api.ts";
import { countsQuery } from "./tickets.ts";
import classes from "./unanswered-strip.module.css";

interface UnansweredStripProps {
  tickets: readonly TicketListItem[];
  onOpen(id: string): void;
}

/** The desk turns red: everyone was rung and nobody has taken it. */
export function UnansweredStrip({ tickets, onOpen }: UnansweredStripProps) {
  const { t } = useTranslation("helpdesk");
  const { data: counts } = useQuery(countsQuery);
  const count = counts?.unanswered ?? 0;
  const first = tickets.find(({ unansweredSince }) => unansweredSince !== null);
  return (
    <div role="alert">
      {count > 0 && (
        <UnstyledButton className={classes.strip} disabled={!first} onClick={() => first && onOpen(first.id)}>
          <IconBellX size={18} stroke={1.8} aria-hidden />
          {t("desk.unanswered", { count })}
        </UnstyledButton>
      )}
    </div>
  );
}
