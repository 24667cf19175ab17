import { Button, CloseButton, Popover, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { post, remove } from "../app/api.ts";
import { useFormat } from "../app/format.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { tellProblem } from "../app/undo-toast.tsx";
import { useMembers } from "../identity/members.ts";
import { type RotaRow, rotasQuery, shiftsQuery } from "./rotas.ts";
import classes from "./rotas-page.module.css";

const weeks = 4;

/** Who is on call over the next four weeks; an exception stands out and can be taken back. */
export function RotaShifts({ rota, mayWrite }: { rota: RotaRow; mayWrite: boolean }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const client = useQueryClient();
  const [from, to] = useMemo(() => {
    const start = new Date();
    start.setHours(0, 0, 0, 0);
    return [start.toISOString(), new Date(start.getTime() + weeks * 7 * 86_400_000).toISOString()];
  }, []);
  const { data: shifts = [] } = useQuery(shiftsQuery(rota.id, from, to));
  const end = useMutation({
    mutationFn: (overrideId: string) => remove(`/rotas/${rota.id}/overrides/${overrideId}`),
    onSuccess: () => client.invalidateQueries({ queryKey: rotasQuery.queryKey }),
    onError: tellProblem,
  });
  const [begin, finish] = [Date.parse(from), Date.parse(to)];
  const lengthOf = (shift: { from: string; to: string }) =>
    Math.max(0, Math.min(finish, Date.parse(shift.to)) - Math.max(begin, Date.parse(shift.from)));
  const overrides = shifts.filter(({ override, overrideId }) => override && overrideId);

  return (
    <>
      <ul className={classes.strip} aria-label={t("rota.shifts")}>
        {shifts.map((shift) => (
          <li
            key={`${shift.staffId}${shift.from}`}
            className={classes.shift}
            data-override={shift.override || undefined}
            style={{ flexGrow: lengthOf(shift), flexBasis: 0 }}
            title={`${shift.name}: ${format.moment(shift.from, rota.timeZone)} – ${format.moment(shift.to, rota.timeZone)}`}
          >
            <span>{shift.name}</span>
          </li>
        ))}
      </ul>
      <div className={classes.days} aria-hidden>
        {Array.from({ length: weeks }, (_, week) => new Date(begin + week * 7 * 86_400_000).toISOString()).map(
          (start) => (
            <span key={start}>{format.shortDate(start)}</span>
          ),
        )}
      </div>
      <div className={classes.overrides}>
        {overrides.map(({ overrideId, name, from: since, to: until }) => (
          <span key={overrideId} className={classes.override}>
            {t("rota.override", { name, from: format.moment(since), to: format.moment(until) })}
            {mayWrite && (
              <CloseButton
                size="xs"
                aria-label={`${t("rota.endOverride")}: ${name}`}
                onClick={() => overrideId && end.mutate(overrideId)}
              />
            )}
          </span>
        ))}
        {mayWrite && <AddOverride rota={rota} />}
      </div>
    </>
  );
}

function AddOverride({ rota }: { rota: RotaRow }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const client = useQueryClient();
  const members = useMembers();
  const [opened, setOpened] = useState(false);
  const [staffId, setStaffId] = useState<string | null>(null);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const add = useMutation({
    mutationFn: () =>
      post(`/rotas/${rota.id}/overrides`, {
        staffId,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      }),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: rotasQuery.queryKey });
      setOpened(false);
    },
  });
  return (
    <Popover opened={opened} onChange={setOpened} width={300} trapFocus>
      <Popover.Target>
        <Button variant="subtle" size="xs" onClick={() => setOpened((was) => !was)}>
          {t("rota.addOverride")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (staffId && from && to) add.mutate();
          }}
        >
          <Select
            label={t("rota.who")}
            searchable
            comboboxProps={{ withinPortal: false }}
            data={members.map(({ id, name }) => ({ value: id, label: name }))}
            value={staffId}
            onChange={setStaffId}
          />
          <TextInput
            type="datetime-local"
            label={t("rota.from")}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t("rota.to")}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          {add.error && <ProblemNotice error={add.error} />}
          <Button type="submit" loading={add.isPending} disabled={!staffId || !from || !to}>
            {word("action.save")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
