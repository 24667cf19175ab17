import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SavedView } from "../../src/modules/helpdesk/api.ts";
import { post, remove } from "../app/api.ts";
import { useFormat } from "../app/format.ts";
import { useSession } from "../app/session.ts";
import { offerUndo } from "../app/undo-toast.tsx";
import type { DeskSearch } from "./desk-search.ts";
import { builtInKeys, isBuiltIn } from "./desk-views.ts";
import { countsQuery, savedViewsQuery } from "./tickets.ts";
import classes from "./view-list.module.css";

/** The lists of the desk: those everyone needs, and those someone saved. */
export function ViewList({ search, saved }: { search: DeskSearch; saved: readonly SavedView[] }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const session = useSession();
  const client = useQueryClient();
  const { data: counts } = useQuery(countsQuery);
  const current = search.view ?? "open";
  const countOf = (key: string) =>
    counts && (key === "open" || key === "mine" || key === "unassigned" || key === "overdue") ? counts[key] : undefined;
  const drop = useMutation({
    mutationFn: ({ id }: SavedView) => remove(`/saved-views/${id}`),
    onSettled: () => client.invalidateQueries(savedViewsQuery),
    onSuccess: (_answer, { name, shared, query }) =>
      offerUndo(t("view.removed", { name }), async () => {
        await post("/saved-views", { name, shared, query });
        await client.invalidateQueries(savedViewsQuery);
      }),
  });

  return (
    <nav aria-label={t("view.title")} className={classes.root}>
      <ul>
        {builtInKeys.map((key) => {
          const count = countOf(key);
          return (
            <li key={key}>
              <Link
                to="."
                search={{ view: key }}
                className={classes.view}
                aria-current={current === key ? "page" : undefined}
              >
                <span className={classes.name}>{t(`view.${key}`)}</span>
                {count !== undefined && (
                  <span className={classes.count} data-alarm={(key === "overdue" && count > 0) || undefined}>
                    {format.number(count)}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
      {saved.length > 0 && (
        <>
          <h2 className={classes.heading}>{t("view.saved")}</h2>
          <ul>
            {saved.map((view) => (
              <li key={view.id} className={classes.saved}>
                <Link
                  to="."
                  search={{ view: view.id }}
                  className={classes.view}
                  aria-current={current === view.id && !isBuiltIn(current) ? "page" : undefined}
                >
                  <span className={classes.name}>{view.name}</span>
                </Link>
                {view.ownerId === session.id && (
                  <ActionIcon
                    size="xs"
                    className={classes.drop}
                    aria-label={`${t("view.remove")}: ${view.name}`}
                    onClick={() => drop.mutate(view)}
                  >
                    <IconX size={14} stroke={1.6} />
                  </ActionIcon>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}
