import { Button, Popover, UnstyledButton } from "@mantine/core";
import { IconCloudUp } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format.ts";
import { forgetStep, replayNow, startOutbox, useKeptSteps } from "../outbox.ts";
import classes from "./outbox-mark.module.css";

/** What was done without signal and waits to be sent; a refused step says why and can be put aside. */
export function OutboxMark() {
  const { t } = useTranslation("app");
  const client = useQueryClient();
  const format = useFormat();
  const steps = useKeptSteps();
  const refused = steps.filter((step) => step.refusal);
  useEffect(() => startOutbox(() => void client.invalidateQueries({ queryKey: ["helpdesk"] })), [client]);
  if (steps.length === 0) return null;
  return (
    <Popover width={320} position="bottom-end">
      <Popover.Target>
        <UnstyledButton className={classes.mark} data-refused={refused.length > 0 || undefined}>
          <IconCloudUp size={16} stroke={1.6} aria-hidden />
          <span className={classes.count} aria-hidden>
            {format.number(refused.length || steps.length)}
          </span>
          <span className={classes.words}>
            {t(refused.length > 0 ? "outbox.refused" : "outbox.waiting", { count: refused.length || steps.length })}
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className={classes.list}>
          {steps.map((step) => (
            <li key={step.id}>
              <span>
                {t(`verb.${step.verb}` as "verb.acknowledge")} · {format.time(step.at)}
                {step.refusal && <span className={classes.reason}>{step.refusal.detail}</span>}
              </span>
              {step.refusal && (
                <Button size="xs" variant="subtle" onClick={() => step.id !== undefined && void forgetStep(step.id)}>
                  {t("outbox.putAside")}
                </Button>
              )}
            </li>
          ))}
        </ul>
        <Button size="xs" variant="default" mt={12} onClick={() => void replayNow()}>
          {t("outbox.sendNow")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
