import { useEffect, useRef, useState } from "react";
import { put } from "../app/api.ts";
import { onNews } from "../app/stream.ts";

export type Doing = "viewing" | "replying";

const sayAgainMilliseconds = 20_000;
const forgetMilliseconds = 45_000;

/** Who else is at this ticket. Says what oneself is doing, hears of others, and forgets those who fell silent. */
export function usePresence(ticketId: string, myId: string, doing: Doing): ReadonlyMap<string, Doing> {
  const [others, setOthers] = useState<ReadonlyMap<string, { doing: Doing; at: number }>>(new Map());

  useEffect(() => {
    const say = (what: Doing | "left") => {
      // Courtesy, not duty: when it fails, nothing is lost.
      put(`/tickets/${ticketId}/presence`, { doing: what }, { keepalive: what === "left" }).catch(() => undefined);
    };
    // Walking through a list is not looking at a ticket: it counts after a moment's rest.
    const first = setTimeout(() => say(doing), doing === "viewing" ? 1000 : 0);
    const again = setInterval(() => say(doing), sayAgainMilliseconds);
    const leave = () => say("left");
    window.addEventListener("pagehide", leave);
    return () => {
      clearTimeout(first);
      clearInterval(again);
      window.removeEventListener("pagehide", leave);
    };
  }, [ticketId, doing]);

  useEffect(
    () => () => {
      put(`/tickets/${ticketId}/presence`, { doing: "left" }, { keepalive: true }).catch(() => undefined);
    },
    [ticketId],
  );

  const doingNow = useRef(doing);
  useEffect(() => {
    doingNow.current = doing;
  }, [doing]);

  useEffect(() => {
    const known = new Set<string>();
    const say = () => put(`/tickets/${ticketId}/presence`, { doing: doingNow.current }).catch(() => undefined);
    const stop = onNews(({ type, subject, actorId }) => {
      if (subject.id !== ticketId || !actorId || actorId === myId || !type.startsWith("helpdesk.presence_")) return;
      const what = type.slice("helpdesk.presence_".length);
      // Who has just come does not know of those who were here before.
      if (what !== "left" && !known.has(actorId)) say();
      if (what === "left") known.delete(actorId);
      else known.add(actorId);
      setOthers((before) => {
        const after = new Map(before);
        if (what === "viewing" || what === "replying") after.set(actorId, { doing: what, at: Date.now() });
        else after.delete(actorId);
        return after;
      });
    });
    const sweep = setInterval(() => {
      setOthers((before) => {
        const after = new Map([...before].filter(([, { at }]) => Date.now() - at < forgetMilliseconds));
        for (const id of before.keys()) if (!after.has(id)) known.delete(id);
        return after.size === before.size ? before : after;
      });
    }, 5000);
    return () => {
      stop();
      clearInterval(sweep);
    };
  }, [ticketId, myId]);

  return new Map([...others].map(([id, { doing: what }]) => [id, what]));
}
