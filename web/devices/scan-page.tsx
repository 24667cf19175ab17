import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device } from "../../src/modules/devices/api.ts";
import { get, type Page } from "../app/api.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { DeviceCard } from "./device-card.tsx";
import { codeFrom, findCodeDetector } from "./scan-code.ts";
import classes from "./scan-page.module.css";

/** Point the phone at a label: what device this is and where it belongs. */
export function ScanPage() {
  const { t } = useTranslation("devices");
  const [typed, setTyped] = useState("");
  const find = useMutation({
    mutationFn: async (text: string) => {
      const code = codeFrom(text);
      const { items } = code ? await get<Page<Device>>("/devices", { code, limit: 1 }) : { items: [] };
      return items[0] ?? null;
    },
  });

  if (find.data) {
    return (
      <div className={classes.page}>
        <DeviceCard device={find.data} />
        <Button variant="default" size="lg" fullWidth onClick={() => find.reset()}>
          {t("scan.again")}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t("scan.title")}</h1>
      <Viewfinder onCode={(text) => find.mutate(text)} busy={find.isPending} />
      {find.data === null && <p role="alert">{t("scan.unknown")}</p>}
      {find.error && <ProblemNotice error={find.error} />}
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) find.mutate(typed);
        }}
      >
        <TextInput
          label={t("scan.typed")}
          size="lg"
          autoCapitalize="characters"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" size="lg" loading={find.isPending} disabled={!typed.trim()}>
          {t("scan.find")}
        </Button>
      </form>
    </div>
  );
}

function Viewfinder({ onCode, busy }: { onCode(text: string): void; busy: boolean }) {
  const { t } = useTranslation("devices");
  const video = useRef<HTMLVideoElement>(null);
  const [on, setOn] = useState(false);
  const [denied, setDenied] = useState(false);
  const detector = useRef(findCodeDetector());
  const tell = useRef(onCode);
  tell.current = onCode;

  useEffect(() => {
    if (!on || !detector.current) return;
    let stopped = false;
    let stream: MediaStream | undefined;
    const look = async () => {
      if (stopped || !video.current) return;
      const codes = await detector.current?.detect(video.current).catch(() => []);
      const first = codes?.[0];
      if (first && !stopped) {
        setOn(false);
        tell.current(first.rawValue);
      } else setTimeout(() => void look(), 150);
    };
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: "environment" } })
      .then(async (found) => {
        stream = found;
        if (stopped || !video.current) return;
        video.current.srcObject = found;
        await video.current.play();
        await look();
      })
      .catch(() => setDenied(true));
    return () => {
      stopped = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [on]);

  if (!detector.current) return <p className={classes.hint}>{t("scan.useCamera")}</p>;
  if (denied) return <p className={classes.hint}>{t("scan.denied")}</p>;
  return on ? (
    <div className={classes.finder}>
      <video ref={video} playsInline muted aria-label={t("scan.title")} />
    </div>
  ) : (
    <Button size="xl" fullWidth loading={busy} onClick={() => setOn(true)}>
      {t("scan.start")}
    </Button>
  );
}
