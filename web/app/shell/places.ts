import { IconChartDots, IconChecklist, IconInbox, IconQrcode, IconSettings, IconUsersGroup } from "@tabler/icons-react";
import type { Session } from "../session.ts";

const places = [
  { key: "desk", to: "/desk", Icon: IconInbox, onPhone: true, permission: "ticket.read" },
  { key: "myWork", to: "/my-work", Icon: IconChecklist, onPhone: true, permission: "ticket.work" },
  { key: "scan", to: "/scan", Icon: IconQrcode, onPhone: true, permission: "device.read", phoneOnly: true },
  { key: "myQuality", to: "/my-quality", Icon: IconChartDots, onPhone: true, permission: "quality.read_own" },
  { key: "teamQuality", to: "/team-quality", Icon: IconUsersGroup, onPhone: true, permission: "quality.read" },
  { key: "settings", to: "/settings", Icon: IconSettings, onPhone: false, permission: "staff.read" },
] as const;

export type Place = (typeof places)[number];

/** The rooms this member of staff may enter, in the order of a working day. */
export function staffPlaces(session: Session): Place[] {
  return places.filter((place) => session.permissions.includes(place.permission));
}
