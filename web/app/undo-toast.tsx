import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { newId } from "./new-id.ts";
import { problemText } from "./problem-text.ts";

const undoMilliseconds = 6000;
const open = new Map<string, () => void>();

/** Takes back the newest thing that can still be taken back. True when there was one. */
export function undoLast(): boolean {
  const last = [...open.values()].at(-1);
  last?.();
  return last !== undefined;
}

/** Tells that something was done and offers, for a few seconds, to take it back. */
export function offerUndo(message: string, undo: () => Promise<unknown>): void {
  const id = newId();
  const run = () => {
    open.delete(id);
    notifications.hide(id);
    undo().catch((error: unknown) => tellProblem(error));
  };
  open.set(id, run);
  notifications.show({
    id,
    message: <ToastLine message={message} onUndo={run} />,
    autoClose: undoMilliseconds,
    withCloseButton: true,
    onClose: () => open.delete(id),
  });
}

interface Deferred {
  /** What is said while it can still be taken back. */
  message: string;
  commit(): Promise<unknown>;
  /** Puts the page back as it was. */
  undo(): void;
}

/**
 * For what cannot be taken back once sent (a reply, a solution: the customer is told at once). It is held for a few
 * seconds, and sent at once when the page is left.
 */
export function sendUnlessUndone({ message, commit, undo }: Deferred): void {
  const id = newId();
  let settled = false;
  const settle = () => {
    settled = true;
    open.delete(id);
    window.removeEventListener("pagehide", send);
    clearTimeout(timer);
    notifications.hide(id);
  };
  const send = () => {
    if (settled) return;
    settle();
    commit().catch((error: unknown) => {
      undo();
      tellProblem(error);
    });
  };
  const takeBack = () => {
    if (settled) return;
    settle();
    undo();
  };
  const timer = setTimeout(send, undoMilliseconds);
  window.addEventListener("pagehide", send);
  open.set(id, takeBack);
  notifications.show({
    id,
    message: <ToastLine message={message} onUndo={takeBack} />,
    autoClose: false,
    withCloseButton: true,
    onClose: send,
  });
}

/** The same thing told again while it still stands there is not told twice. */
export function tellDone(message: string): void {
  notifications.show({ id: message, message, autoClose: 4000 });
}

export function tellProblem(error: unknown): void {
  tellRefusal(problemText(error));
}

export function tellRefusal(message: string): void {
  notifications.show({ message, color: "red", autoClose: 10_000 });
}

function ToastLine({ message, onUndo }: { message: string; onUndo(): void }) {
  return (
    <span style={{ display: "flex", alignItems: "center", gap: 12 }}>
      <span style={{ flex: 1 }}>{message}</span>
      <Button variant="subtle" size="xs" onClick={onUndo}>
        {i18next.t("app:action.undo")}
      </Button>
    </span>
  );
}
