import { Anchor, Autocomplete, Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Site } from "../../src/modules/customers/api.ts";
import type { Device, DeviceChange, DeviceTypes, NewDevice } from "../../src/modules/devices/api.ts";
import { get, post } from "../app/api.ts";
import { AsyncSelect } from "../app/async-select.tsx";
import classes from "../app/settings-page.module.css";
import { fieldError, SideForm, useSave } from "../app/side-form.tsx";
import { tellDone, tellProblem } from "../app/undo-toast.tsx";

const statuses = ["in_service", "in_stock", "retired"] as const;

interface DeviceFormProps {
  device: Device | undefined;
  site: Site | undefined;
  onClose(): void;
}

export function DeviceForm({ device, site, onClose }: DeviceFormProps) {
  const { t } = useTranslation("devices");
  const client = useQueryClient();
  const { data: types } = useQuery({
    queryKey: ["devices", "types"],
    queryFn: () => get<DeviceTypes>("/device-types"),
  });
  const form = useForm({
    initialValues: {
      siteId: device?.siteId ?? site?.id ?? null,
      name: device?.name ?? "",
      type: device?.type ?? "",
      manufacturer: device?.manufacturer ?? "",
      model: device?.model ?? "",
      serial: device?.serial ?? "",
      assetTag: device?.assetTag ?? "",
      purchasedOn: device?.purchasedOn ?? "",
      installedOn: device?.installedOn ?? "",
      warrantyUntil: device?.warrantyUntil ?? "",
      status: device?.status ?? "in_service",
    },
  });
  const save = useSave<Device, NewDevice | DeviceChange>("/devices", device, ["devices"], onClose);
  const renew = useMutation({
    mutationFn: () => post<Device>(`/devices/${device?.id}/renew-code`),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: ["devices"] });
      tellDone(t("codeRenewed"));
      onClose();
    },
    onError: tellProblem,
  });
  const submit = () => {
    const { siteId, name, type, serial, assetTag, purchasedOn, installedOn, warrantyUntil, ...rest } = form.values;
    if (!siteId) return;
    save.mutate({
      ...rest,
      siteId,
      name: name.trim(),
      type: type.trim(),
      serial: serial.trim() || null,
      assetTag: assetTag.trim() || null,
      purchasedOn: purchasedOn || null,
      installedOn: installedOn || null,
      warrantyUntil: warrantyUntil || null,
    });
  };
  const known = device
    ? { value: device.siteId, label: `${device.siteName} · ${device.customerName}` }
    : site && { value: site.id, label: `${site.name} · ${site.customerName}` };

  return (
    <SideForm
      title={device?.name ?? t("add")}
      save={save}
      onSubmit={submit}
      onClose={onClose}
      aside={
        device && (
          <Button variant="subtle" loading={renew.isPending} onClick={() => renew.mutate()}>
            {t("renewCode")}
          </Button>
        )
      }
    >
      {device && (
        <p className={classes.dimmed} style={{ margin: 0 }}>
          {t("labelOpens")}{" "}
          <Anchor href={`/r/${device.code}`} target="_blank">
            /r/{device.code}
          </Anchor>
        </p>
      )}
      <TextInput
        label={t("name")}
        description={t("nameHelp")}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        {...form.getInputProps("name")}
      />
      <AsyncSelect<Site>
        label={t("site")}
        nothing={t("nothing")}
        path="/sites"
        choiceOf={({ id, name, customerName }) => ({ value: id, label: `${name} · ${customerName}` })}
        value={form.values.siteId}
        known={known}
        onChange={(value) => form.setFieldValue("siteId", value)}
        required
      />
      <Autocomplete
        label={t("type")}
        description={t("typeHelp")}
        required
        withAsterisk={false}
        maxLength={80}
        data={types?.items.map(({ type }) => type) ?? []}
        {...form.getInputProps("type")}
      />
      <div className={classes.pair}>
        <TextInput label={t("manufacturer")} maxLength={200} {...form.getInputProps("manufacturer")} />
        <TextInput label={t("model")} maxLength={200} {...form.getInputProps("model")} />
      </div>
      <div className={classes.pair}>
        <TextInput
          label={t("serial")}
          maxLength={200}
          error={fieldError(save.error, "serial")}
          {...form.getInputProps("serial")}
        />
        <TextInput label={t("assetTag")} maxLength={200} {...form.getInputProps("assetTag")} />
      </div>
      <div className={classes.pair}>
        <TextInput type="date" label={t("purchasedOn")} {...form.getInputProps("purchasedOn")} />
        <TextInput type="date" label={t("installedOn")} {...form.getInputProps("installedOn")} />
      </div>
      <div className={classes.pair}>
        <TextInput type="date" label={t("warrantyUntil")} {...form.getInputProps("warrantyUntil")} />
        <Select
          label={t("statusLabel")}
          allowDeselect={false}
          data={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          {...form.getInputProps("status")}
        />
      </div>
    </SideForm>
  );
}
