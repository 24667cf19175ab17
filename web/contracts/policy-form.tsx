import { Checkbox, NumberInput, Select, Switch, Tabs, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { NewSlaPolicy, SlaPolicy, SlaPolicyChange, SlaTarget } from "../../src/modules/contracts/api.ts";
import classes from "../app/settings-page.module.css";
import { SideForm, useSave } from "../app/side-form.tsx";
import { calendarsQuery } from "../calendars/calendars.ts";
import { DurationField } from "./duration-field.tsx";
import own from "./policy-form.module.css";

const tiers = ["standard", "vip", "basic"] as const;
const priorities = ["p1", "p2", "p3", "p4"] as const;
const targets = ["response", "restore", "resolve"] as const;
const reasons = [
  "waiting_for_user",
  "waiting_for_supplier",
  "agreed_appointment",
  "planned_maintenance",
  "other",
] as const;

type Key = `${(typeof tiers)[number]}.${(typeof priorities)[number]}.${(typeof targets)[number]}`;
const usual: Record<(typeof priorities)[number], Record<(typeof targets)[number], number>> = {
  p1: { response: 15, restore: 120, resolve: 240 },
  p2: { response: 30, restore: 240, resolve: 480 },
  p3: { response: 60, restore: 480, resolve: 1440 },
  p4: { response: 240, restore: 1440, resolve: 2880 },
};

/** What is promised: minutes of working time, by tier and priority; what stops the clock; how long one may come back. */
export function PolicyForm({ policy, onClose }: { policy: SlaPolicy | undefined; onClose(): void }) {
  const { t } = useTranslation("contracts");
  const { t: word } = useTranslation("app");
  const calendars = useQuery(calendarsQuery).data ?? [];
  const form = useForm({
    initialValues: {
      name: policy?.name ?? "",
      calendarId: policy?.calendarId ?? null,
      isDefault: policy?.isDefault ?? false,
      pausingReasons: (policy?.pausingReasons ?? ["waiting_for_user", "agreed_appointment"]) as string[],
      reopenWithinDays: policy?.reopenWithinDays ?? 14,
      closeAfterDays: policy?.closeAfterDays ?? 5,
      minutes: startMinutes(policy),
    },
  });
  const save = useSave<SlaPolicy, NewSlaPolicy | SlaPolicyChange>("/sla-policies", policy, ["contracts"], onClose);
  const submit = () => {
    const { minutes, name, pausingReasons, ...rest } = form.values;
    const listed: SlaTarget[] = tiers.flatMap((tier) =>
      priorities.flatMap((priority) =>
        targets.flatMap((target) => {
          const targetMinutes = minutes[`${tier}.${priority}.${target}`];
          return targetMinutes === undefined ? [] : [{ tier, priority, target, targetMinutes }];
        }),
      ),
    );
    save.mutate({
      ...rest,
      name: name.trim(),
      targets: listed,
      pausingReasons: reasons.filter((reason) => pausingReasons.includes(reason)),
    });
  };
  const setMinutes = (key: Key, value: number | undefined) => {
    const { [key]: _old, ...others } = form.values.minutes;
    form.setFieldValue("minutes", value === undefined ? others : { ...others, [key]: value });
  };

  return (
    <SideForm title={policy?.name ?? t("add")} save={save} onSubmit={submit} onClose={onClose} size={680}>
      <TextInput
        label={t("name")}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        {...form.getInputProps("name")}
      />
      <Select
        label={t("calendar")}
        description={t("calendarHelp")}
        clearable
        data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps("calendarId")}
      />
      <Switch
        label={t("default")}
        description={t("defaultHelp")}
        {...form.getInputProps("isDefault", { type: "checkbox" })}
      />
      <fieldset className={classes.group}>
        <legend>{t("promises")}</legend>
        <p className={own.help}>{t("promisesHelp")}</p>
        <Tabs defaultValue="standard">
          <Tabs.List>
            {tiers.map((tier) => (
              <Tabs.Tab key={tier} value={tier}>
                {t(`tier.${tier}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tiers.map((tier) => (
            <Tabs.Panel key={tier} value={tier}>
              <table className={own.matrix}>
                <thead>
                  <tr>
                    <th scope="col">
                      <span className="visually-hidden">{t("priority")}</span>
                    </th>
                    {targets.map((target) => (
                      <th key={target} scope="col">
                        {word(`time.target.${target}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {priorities.map((priority) => (
                    <tr key={priority}>
                      <th scope="row">{word(`priority.${priority}`)}</th>
                      {targets.map((target) => {
                        const key: Key = `${tier}.${priority}.${target}`;
                        return (
                          <td key={target}>
                            <DurationField
                              label={`${word(`priority.${priority}`)}, ${word(`time.target.${target}`)}`}
                              minutes={form.values.minutes[key]}
                              onChange={(value) => setMinutes(key, value)}
                              inherited={
                                tier === "standard" ? undefined : form.values.minutes[`standard.${priority}.${target}`]
                              }
                            />
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Tabs.Panel>
          ))}
        </Tabs>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t("pauses")}</legend>
        <p className={own.help}>{t("pausesHelp")}</p>
        <Checkbox.Group {...form.getInputProps("pausingReasons")}>
          <div style={{ display: "grid", gap: 8 }}>
            {reasons.map((reason) => (
              <Checkbox key={reason} value={reason} label={t(`reason.${reason}`)} />
            ))}
          </div>
        </Checkbox.Group>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t("afterwards")}</legend>
        <div className={classes.pair}>
          <NumberInput label={t("reopenWithin")} min={0} max={365} {...form.getInputProps("reopenWithinDays")} />
          <NumberInput label={t("closeAfter")} min={0} max={365} {...form.getInputProps("closeAfterDays")} />
        </div>
      </fieldset>
    </SideForm>
  );
}

function startMinutes(policy: SlaPolicy | undefined): Partial<Record<Key, number>> {
  const listed: SlaTarget[] =
    policy?.targets ??
    priorities.flatMap((priority) =>
      targets.map((target) => ({
        tier: "standard" as const,
        priority,
        target,
        targetMinutes: usual[priority][target],
      })),
    );
  return Object.fromEntries(
    listed.map(({ tier, priority, target, targetMinutes }) => [`${tier}.${priority}.${target}`, targetMinutes]),
  );
}
