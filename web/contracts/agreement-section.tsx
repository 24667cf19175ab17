import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Agreement, AgreementChange, NewAgreement, SlaPolicy } from "../../src/modules/contracts/api.ts";
import { DataTable, listQuery } from "../app/data-table.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useFormat } from "../app/format.ts";
import { useMay } from "../app/session.ts";
import { SettingsSection } from "../app/settings-page.tsx";
import { SideForm, useSave } from "../app/side-form.tsx";
import { customersQuery } from "../customers/customers.ts";

/** Which customer has which promise, and since when. */
export function AgreementSection({ policies }: { policies: readonly SlaPolicy[] }) {
  const { t } = useTranslation("contracts");
  const format = useFormat();
  const mayWrite = useMay("sla.write");
  const [open, setOpen] = useState<Agreement | "new">();
  const list = useInfiniteQuery(listQuery<Agreement>(["contracts", "agreements"], "/agreements"));
  const day = (date: string) => format.date(`${date}T12:00:00`);
  return (
    <SettingsSection
      title={t("agreement.title")}
      lead={t("agreement.lead")}
      action={
        mayWrite && (
          <Button variant="default" leftSection={<IconPlus size={16} stroke={1.6} />} onClick={() => setOpen("new")}>
            {t("agreement.add")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("agreement.title")}
        list={list}
        keyOf={({ id }) => id}
        onOpen={mayWrite ? setOpen : undefined}
        empty={<EmptyState title={t("agreement.none")}>{t("agreement.noneWhy")}</EmptyState>}
        columns={[
          { key: "customer", head: t("agreement.customer"), cell: ({ customerName }) => customerName },
          { key: "policy", head: t("agreement.policy"), cell: ({ policyName }) => policyName },
          {
            key: "time",
            head: t("agreement.time"),
            cell: ({ startsOn, endsOn }) => (
              <span className="dim">
                {endsOn ? `${day(startsOn)} – ${day(endsOn)}` : t("agreement.since", { date: day(startsOn) })}
              </span>
            ),
          },
        ]}
      />
      {open && (
        <AgreementForm
          agreement={open === "new" ? undefined : open}
          policies={policies}
          onClose={() => setOpen(undefined)}
        />
      )}
    </SettingsSection>
  );
}

interface AgreementFormProps {
  agreement: Agreement | undefined;
  policies: readonly SlaPolicy[];
  onClose(): void;
}

/** Past promises stay as they were: an agreement can end, and a new one begin, but none is rewritten. */
function AgreementForm({ agreement, policies, onClose }: AgreementFormProps) {
  const { t } = useTranslation("contracts");
  const customers = useQuery(customersQuery).data ?? [];
  const form = useForm({
    initialValues: {
      customerId: agreement?.customerId ?? "",
      policyId: agreement?.policyId ?? "",
      startsOn: agreement?.startsOn ?? new Date().toISOString().slice(0, 10),
      endsOn: agreement?.endsOn ?? "",
    },
  });
  const save = useSave<Agreement, NewAgreement | AgreementChange>("/agreements", agreement, ["contracts"], onClose);
  const fixed = agreement !== undefined;
  return (
    <SideForm
      title={agreement?.customerName ?? t("agreement.add")}
      save={save}
      onClose={onClose}
      size={480}
      onSubmit={() => {
        const { endsOn, ...rest } = form.values;
        save.mutate(fixed ? { endsOn: endsOn || null } : { ...rest, endsOn: endsOn || null });
      }}
    >
      <Select
        label={t("agreement.customer")}
        required
        withAsterisk={false}
        searchable
        disabled={fixed}
        allowDeselect={false}
        data={customers.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps("customerId")}
      />
      <Select
        label={t("agreement.policy")}
        required
        withAsterisk={false}
        disabled={fixed}
        allowDeselect={false}
        data={policies.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps("policyId")}
      />
      <TextInput
        type="date"
        label={t("agreement.startsOn")}
        required
        withAsterisk={false}
        disabled={fixed}
        {...form.getInputProps("startsOn")}
      />
      <TextInput
        type="date"
        label={t("agreement.endsOn")}
        description={t("agreement.endsOnHelp")}
        {...form.getInputProps("endsOn")}
      />
    </SideForm>
  );
}
