import type { StaffRole } from "../modules/identity/index.ts";
import type { Locale } from "../platform/fields.ts";
import type { CalendarKey } from "./calendar-plans.ts";

/** A member of the provider's staff. None of them exists; their mail addresses lead nowhere (RFC 2606). */
export interface CastMember {
  key: StaffKey;
  name: string;
  title: string;
  roles: StaffRole[];
  locale: Locale;
  timeZone: string;
  phone: string;
  /** Hours of duty; without them at every hour. */
  duty?: CalendarKey;
  /** Types of device, from 1 (learning) to 5 (teaches it). */
  skills: Readonly<Record<string, number>>;
}

export type StaffKey =
  | "owner"
  | "manager"
  | "deskEast"
  | "deskHongKong"
  | "tam"
  | "csm"
  | "liang"
  | "zhou"
  | "chan"
  | "bao"
  | "hanh"
  | "raman";

const hongKong = "Asia/Hong_Kong";
const shanghai = "Asia/Shanghai";
const saigon = "Asia/Ho_Chi_Minh";

export const staffCast: readonly CastMember[] = [
  {
    key: "owner",
    name: "Margaret Lau",
    title: "Managing director",
    roles: ["owner"],
    locale: "en",
    timeZone: hongKong,
    phone: "+852 5550 1100",
    skills: {},
  },
  {
    key: "manager",
    name: "Daniel Okafor",
    title: "Service manager",
    roles: ["service_manager"],
    locale: "en",
    timeZone: hongKong,
    phone: "+852 5550 1104",
    skills: {},
  },
  {
    key: "deskHongKong",
    name: "李思敏 Sammi Lee",
    title: "Dispatcher",
    roles: ["dispatcher"],
    locale: "zh-Hant",
    timeZone: hongKong,
    phone: "+852 5550 1121",
    duty: "office",
    skills: {},
  },
  {
    key: "deskEast",
    name: "孙倩",
    title: "服务台调度",
    roles: ["dispatcher"],
    locale: "zh-Hans",
    timeZone: shanghai,
    phone: "+86 21 5550 0132",
    duty: "dutyEast",
    skills: {},
  },
  {
    key: "tam",
    name: "Tobias Reinholt",
    title: "Technical account manager",
    roles: ["tam"],
    locale: "en",
    timeZone: saigon,
    phone: "+84 28 5550 0141",
    skills: { cnc_terminal: 3, router: 4 },
  },
  {
    key: "csm",
    name: "Phạm Thuý Vy",
    title: "Customer success manager",
    roles: ["csm"],
    locale: "vi",
    timeZone: saigon,
    phone: "+84 28 5550 0152",
    skills: {},
  },
  {
    key: "liang",
    name: "梁伟",
    title: "现场工程师(华南)",
    roles: ["engineer"],
    locale: "zh-Hans",
    timeZone: shanghai,
    phone: "+86 20 5550 0161",
    duty: "dutySouth",
    skills: { till: 5, receipt_printer: 5, scanner: 4, router: 3, label_printer: 3, ups: 3 },
  },
  {
    key: "zhou",
    name: "周晓楠",
    title: "现场工程师(华东)",
    roles: ["engineer"],
    locale: "zh-Hans",
    timeZone: shanghai,
    phone: "+86 21 5550 0162",
    duty: "dutyEast",
    skills: { till: 4, receipt_printer: 4, scanner: 5, router: 4, camera: 4, ups: 2 },
  },
  {
    key: "chan",
    name: "陳嘉欣 Karen Chan",
    title: "Resident engineer, Hong Kong",
    roles: ["engineer"],
    locale: "zh-Hant",
    timeZone: hongKong,
    phone: "+852 5550 1163",
    skills: { laptop: 5, printer: 5, access_point: 3 },
  },
  {
    key: "bao",
    name: "Trần Quốc Bảo",
    title: "Kỹ sư thường trú, Bắc Ninh",
    roles: ["engineer"],
    locale: "vi",
    timeZone: saigon,
    phone: "+84 222 5550 164",
    duty: "dutyNorth",
    skills: { cnc_terminal: 5, label_printer: 4, access_point: 3, ups: 4, scanner: 3 },
  },
  {
    key: "hanh",
    name: "Nguyễn Thị Hạnh",
    title: "Kỹ sư hiện trường, miền Nam",
    roles: ["engineer"],
    locale: "vi",
    timeZone: saigon,
    phone: "+84 251 5550 165",
    duty: "dutyVietnamLate",
    skills: { cnc_terminal: 4, label_printer: 5, scanner: 4, camera: 3, laptop: 3 },
  },
  {
    key: "raman",
    name: "Priya Raman",
    title: "Network engineer, remote",
    roles: ["engineer"],
    locale: "en",
    timeZone: hongKong,
    phone: "+852 5550 1166",
    skills: { router: 5, access_point: 5, camera: 3, laptop: 3, till: 2, cnc_terminal: 2 },
  },
];
