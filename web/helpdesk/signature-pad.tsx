import { Button, Modal } from "@mantine/core";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./job-page.module.css";

interface SignaturePadProps {
  onSigned(file: File): void;
  onClose(): void;
}

/** The customer signs with a finger; it becomes a picture among the ticket's files. */
export function SignaturePad({ onSigned, onClose }: SignaturePadProps) {
  const { t } = useTranslation("helpdesk");
  const canvas = useRef<HTMLCanvasElement>(null);
  const [signed, setSigned] = useState(false);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const scale = window.devicePixelRatio;
    element.width = element.clientWidth * scale;
    element.height = element.clientHeight * scale;
    context.scale(scale, scale);
    context.lineWidth = 2.5;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = "#171b1e";
  }, []);

  const at = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const clear = () => {
    const element = canvas.current;
    element?.getContext("2d")?.clearRect(0, 0, element.width, element.height);
    setSigned(false);
  };
  const save = () => {
    canvas.current?.toBlob(
      (blob) => blob && onSigned(new File([blob], "signature.png", { type: "image/png" })),
      "image/png",
    );
  };

  return (
    <Modal opened onClose={onClose} title={t("field.signHere")}>
      <div className={classes.form}>
        <canvas
          ref={canvas}
          className={classes.canvas}
          aria-label={t("field.signHere")}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            const context = event.currentTarget.getContext("2d");
            context?.beginPath();
            context?.moveTo(...at(event));
          }}
          onPointerMove={(event) => {
            if (event.buttons === 0) return;
            const context = event.currentTarget.getContext("2d");
            context?.lineTo(...at(event));
            context?.stroke();
            setSigned(true);
          }}
        />
        <div style={{ display: "flex", gap: 8 }}>
          <Button variant="default" size="lg" onClick={clear} disabled={!signed}>
            {t("field.signClear")}
          </Button>
          <Button size="lg" style={{ flex: 1 }} onClick={save} disabled={!signed}>
            {t("field.signSave")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
