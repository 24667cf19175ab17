import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { NewRota } from "../../src/modules/helpdesk/api.ts";
import { remove } from "../app/api.ts";
import { OrderedPeople } from "../app/ordered-list.tsx";
import { useSession } from "../app/session.ts";
import classes from "../app/settings-page.module.css";
import { SideForm, useSave } from "../app/side-form.tsx";
import { timeZones } from "../app/time-zones.ts";
import { tellProblem } from "../app/undo-toast.tsx";
import { weekdayName, weekdays } from "../calendars/calendars.ts";
import { useMembers } from "../identity/members.ts";
import { type RotaRow, rotasQuery } from "./rotas.ts";

export function RotaForm({ rota, onClose }: { rota: RotaRow | undefined; onClose(): void }) {
  const { t, i18n } = useTranslation("helpdesk");
  const session = useSession();
  const client = useQueryClient();
  const members = useMembers();
  const form = useForm({
    initialValues: {
      name: rota?.name ?? "",
      timeZone: rota?.timeZone ?? session.tenant.timeZone,
      handoverWeekday: String(rota?.handoverWeekday ?? 1),
      handoverTime: rota?.handoverTime.slice(0, 5) ?? "09:00",
      startsOn: rota?.startsOn ?? new Date().toISOString().slice(0, 10),
      memberIds: rota?.members.map(({ id }) => id) ?? [],
    },
  });
  const save = useSave<RotaRow, NewRota>("/rotas", rota, rotasQuery.queryKey, onClose);
  const archive = useMutation({
    mutationFn: () => remove(`/rotas/${rota?.id}`),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: rotasQuery.queryKey });
      onClose();
    },
    onError: tellProblem,
  });
  return (
    <SideForm
      title={rota?.name ?? t("rota.add")}
      save={save}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          ...form.values,
          name: form.values.name.trim(),
          handoverWeekday: Number(form.values.handoverWeekday),
        })
      }
      aside={
        rota && (
          <Button variant="subtle" color="red" loading={archive.isPending} onClick={() => archive.mutate()}>
            {t("rota.archive")}
          </Button>
        )
      }
    >
      <TextInput
        label={t("rota.name")}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        {...form.getInputProps("name")}
      />
      <OrderedPeople
        label={t("rota.members")}
        description={t("rota.membersHelp")}
        addLabel={t("rota.addMember")}
        ids={form.values.memberIds}
        everyone={members}
        onChange={(ids) => form.setFieldValue("memberIds", ids)}
      />
      <div className={classes.pair}>
        <Select
          label={t("rota.handoverDay")}
          allowDeselect={false}
          data={weekdays.map((day, index) => ({ value: String(index + 1), label: weekdayName(day, i18n.language) }))}
          {...form.getInputProps("handoverWeekday")}
        />
        <TextInput
          type="time"
          label={t("rota.handoverTime")}
          required
          withAsterisk={false}
          {...form.getInputProps("handoverTime")}
        />
      </div>
      <div className={classes.pair}>
        <Select
          label={t("rota.timeZone")}
          searchable
          allowDeselect={false}
          limit={80}
          data={timeZones(form.values.timeZone)}
          {...form.getInputProps("timeZone")}
        />
        <TextInput
          type="date"
          label={t("rota.startsOn")}
          required
          withAsterisk={false}
          {...form.getInputProps("startsOn")}
        />
      </div>
    </SideForm>
  );
}
