import { Button, CopyButton, MultiSelect, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AddedMember, AddMember, ChangeMember, Invited, Member } from "../../src/modules/identity/api.ts";
import { post } from "../app/api.ts";
import { languageNames, languages } from "../app/languages.ts";
import { fieldError, SideForm, useSave } from "../app/side-form.tsx";
import { tellDone, tellProblem } from "../app/undo-toast.tsx";
import classes from "./member-form.module.css";
import { staffRoles } from "./roles.ts";

type Role = Member["roles"][number];

/** Invites a colleague, or changes one. */
export function MemberForm({ member, onClose }: { member: Member | undefined; onClose(): void }) {
  const { t, i18n } = useTranslation("identity");
  const [link, setLink] = useState<string>();
  const form = useForm({
    initialValues: {
      name: member?.name ?? "",
      email: member?.email ?? "",
      phone: member?.phone ?? "",
      title: member?.title ?? "",
      locale: member?.locale ?? i18n.language,
      roles: (member?.roles ?? ["engineer"]) as string[],
      skills: member?.skills ?? [],
      active: member?.active ?? true,
    },
  });
  const finish = (invitation: Invited | undefined) => {
    if (invitation?.link) setLink(invitation.link);
    else onClose();
  };
  const save = useSave<Member & Partial<Pick<AddedMember, "invitation">>, AddMember | ChangeMember>(
    "/members",
    member,
    ["identity", "members"],
    ({ invitation }) => finish(invitation),
  );
  const inviteAgain = useMutation({
    mutationFn: () => post<Invited>(`/members/${member?.id}/invite`),
    onSuccess(invitation) {
      tellDone(t("staff.invitedAgain"));
      if (invitation.link) setLink(invitation.link);
    },
    onError: tellProblem,
  });

  function submit() {
    const { name, email, phone, title, locale, roles, skills, active } = form.values;
    const chosen = staffRoles.filter((role): role is Role => roles.includes(role));
    const language = languages.find((each) => each === locale) ?? "en";
    const values = {
      name: name.trim(),
      email: email.trim(),
      phone: phone.trim() || null,
      title: title.trim() || null,
      locale: language,
      roles: chosen,
      skills: skills.filter((skill) => skill.name.trim() !== ""),
    };
    save.mutate(member ? { ...values, active } : values);
  }

  return (
    <SideForm
      title={member ? member.name : t("staff.invite")}
      save={save}
      onSubmit={submit}
      onClose={onClose}
      {...(member ? {} : { submitLabel: t("staff.sendInvitation") })}
      aside={
        member &&
        !member.joined && (
          <Button variant="subtle" loading={inviteAgain.isPending} onClick={() => inviteAgain.mutate()}>
            {t("staff.inviteAgain")}
          </Button>
        )
      }
    >
      {link && <InvitationLink link={link} />}
      <TextInput
        label={t("staff.name")}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        {...form.getInputProps("name")}
      />
      <TextInput
        label={t("staff.email")}
        type="email"
        required
        withAsterisk={false}
        error={fieldError(save.error, "email")}
        {...form.getInputProps("email")}
      />
      <MultiSelect
        label={t("staff.roles")}
        description={t("staff.rolesHelp")}
        data={staffRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
        {...form.getInputProps("roles")}
      />
      <TextInput label={t("staff.jobTitle")} maxLength={200} {...form.getInputProps("title")} />
      <TextInput
        label={t("staff.phone")}
        type="tel"
        maxLength={40}
        error={fieldError(save.error, "phone")}
        {...form.getInputProps("phone")}
      />
      <Select
        label={t("setup.language")}
        allowDeselect={false}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        {...form.getInputProps("locale")}
      />
      <fieldset className={classes.skills}>
        <legend>{t("staff.skills")}</legend>
        <p>{t("staff.skillsHelp")}</p>
        {form.values.skills.map((skill, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are typed into, their place is their identity
          <div key={index} className={classes.skill}>
            <TextInput aria-label={t("staff.skill")} maxLength={80} {...form.getInputProps(`skills.${index}.name`)} />
            <NumberInput
              aria-label={`${t("staff.level")}: ${skill.name}`}
              min={1}
              max={5}
              w={72}
              {...form.getInputProps(`skills.${index}.level`)}
            />
            <Button
              variant="subtle"
              color="gray"
              px={8}
              aria-label={`${t("staff.removeSkill")}: ${skill.name}`}
              onClick={() => form.removeListItem("skills", index)}
            >
              <IconX size={16} stroke={1.6} />
            </Button>
          </div>
        ))}
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} stroke={1.6} />}
          className={classes.add}
          onClick={() => form.insertListItem("skills", { name: "", level: 3 })}
        >
          {t("staff.addSkill")}
        </Button>
      </fieldset>
      {member && <Switch label={t("staff.canSignIn")} {...form.getInputProps("active", { type: "checkbox" })} />}
    </SideForm>
  );
}

/** Without a mail server the link has to be handed over by whoever invited. */
function InvitationLink({ link }: { link: string }) {
  const { t } = useTranslation("identity");
  const { t: word } = useTranslation("app");
  return (
    <div className={classes.link} role="status">
      <p>{t("staff.handOver")}</p>
      <code>{link}</code>
      <CopyButton value={link}>
        {({ copied, copy }) => (
          <Button variant="default" size="xs" onClick={copy}>
            {word(copied ? "action.copied" : "action.copy")}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
