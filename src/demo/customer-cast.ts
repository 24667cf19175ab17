import type { Locale } from "../platform/fields.ts";
import type { CalendarKey } from "./calendar-plans.ts";
import { isInTheSouth, shopPlaces } from "./places-china.ts";
import { branchPlaces } from "./places-hong-kong.ts";
import type { Random } from "./random.ts";
import type { StaffKey } from "./staff-cast.ts";

export type CustomerKey = "chain" | "agent" | "maker";

export interface CastCustomer {
  key: CustomerKey;
  name: string;
  code: string;
  deployment: "saas" | "on_premise" | "hybrid";
  lifecycle: "active" | "renewal";
  locale: Locale;
  calendar: CalendarKey;
  mailDomain: string;
  /** Asked for every site, after the site's own. */
  engineers: StaffKey[];
}

export interface CastSite {
  customer: CustomerKey;
  name: string;
  code: string;
  address: string;
  latitude: number;
  longitude: number;
  timeZone: string;
  calendar: CalendarKey;
  phone: string;
  accessNotes: string;
  /** First its own, in order of rank. */
  engineers: StaffKey[];
  /** How many of everything it has, compared with a usual site of this customer. */
  size: number;
}

/** The engineer who can be rung at every hour stands in each list: so nothing is routed by skill to someone else's engineer. */
export const customerCast: readonly CastCustomer[] = [
  {
    key: "chain",
    name: "云雀便利",
    code: "YUNQUE",
    deployment: "hybrid",
    lifecycle: "active",
    locale: "zh-Hans",
    calendar: "shops",
    mailDomain: "yunque.example",
    engineers: ["raman"],
  },
  {
    key: "agent",
    name: "晴島物業代理 Clearisle Property",
    code: "CLEARISLE",
    deployment: "saas",
    lifecycle: "renewal",
    locale: "zh-Hant",
    calendar: "branches",
    mailDomain: "clearisle.example",
    engineers: ["chan", "raman"],
  },
  {
    key: "maker",
    name: "Cơ khí chính xác Đông Sơn",
    code: "DONGSON",
    deployment: "on_premise",
    lifecycle: "active",
    locale: "vi",
    calendar: "saigonOffice",
    mailDomain: "dongson.example",
    engineers: [],
  },
];

export function castSites(random: Random): CastSite[] {
  return [...shops(random), ...branches(random), ...plants];
}

function shops(random: Random): CastSite[] {
  return shopPlaces.map((place, index) => ({
    customer: "chain",
    name: `${place.city}${place.quarter}店`,
    code: `S${String(index + 1).padStart(3, "0")}`,
    address: place.address,
    latitude: place.latitude,
    longitude: place.longitude,
    timeZone: "Asia/Shanghai",
    calendar: "shops",
    phone: `+86 400 555 ${String(1000 + index)}`,
    accessNotes: random.pick([
      "从后门进，按铃找店长。弱电箱在仓库门后。",
      "商场负一层，晚十点后需提前报备物业。",
      "收银台下方有电源总开关，动之前先告诉当班。",
      "路由器在办公室吊顶检修口内，梯子向物业借。",
      "",
    ]),
    engineers: isInTheSouth(place) ? ["liang", "zhou"] : ["zhou", "liang"],
    size: random.chance(0.3) ? 1.25 : 1,
  }));
}

function branches(random: Random): CastSite[] {
  return branchPlaces.map((place, index) => ({
    customer: "agent",
    name: `${place.name} ${place.english}`,
    code: `B${String(index + 1).padStart(3, "0")}`,
    address: place.address,
    latitude: place.latitude,
    longitude: place.longitude,
    timeZone: "Asia/Hong_Kong",
    calendar: "branches",
    phone: `+852 5550 ${String(2000 + index)}`,
    accessNotes: random.pick([
      "鋪面，機櫃喺茶水間上格。請先搵分行經理。",
      "Router is in the cabinet above the pantry sink; ask for the key at the counter.",
      "二樓，樓梯窄，帶摺梯。",
      "",
    ]),
    engineers: [],
    size: random.chance(0.2) ? 1.4 : 1,
  }));
}

const plants: readonly CastSite[] = [
  {
    customer: "maker",
    name: "Nhà máy Bắc Ninh",
    code: "BN1",
    address: "KCN Quế Võ, Bắc Ninh",
    latitude: 21.153,
    longitude: 106.124,
    calendar: "plantContinuous",
    phone: "+84 222 5550 200",
    accessNotes: "Đăng ký cổng số 2 trước 30 phút, giày bảo hộ bắt buộc. Tủ mạng xưởng A ở cột A7.",
    engineers: ["bao", "hanh", "raman"],
    size: 1.5,
    timeZone: "Asia/Ho_Chi_Minh",
  },
  {
    customer: "maker",
    name: "Nhà máy Hải Phòng",
    code: "HP1",
    address: "KCN Đình Vũ, Hải An, Hải Phòng",
    latitude: 20.83,
    longitude: 106.764,
    calendar: "plantTwoShifts",
    phone: "+84 225 5550 210",
    accessNotes: "Gửi xe ngoài cổng. Phòng máy chủ tầng 2, chìa khoá ở bảo vệ.",
    engineers: ["bao", "hanh", "raman"],
    size: 1.1,
    timeZone: "Asia/Ho_Chi_Minh",
  },
  {
    customer: "maker",
    name: "Nhà máy Đồng Nai",
    code: "DN1",
    address: "KCN Biên Hòa 2, Đồng Nai",
    latitude: 10.931,
    longitude: 106.882,
    calendar: "plantTwoShifts",
    phone: "+84 251 5550 220",
    accessNotes: "Không chụp ảnh trong xưởng. Liên hệ tổ trưởng ca trước khi dừng máy.",
    engineers: ["hanh", "bao", "raman"],
    size: 1.1,
    timeZone: "Asia/Ho_Chi_Minh",
  },
  {
    customer: "maker",
    name: "Nhà máy Bình Dương",
    code: "BD1",
    address: "VSIP I, Thuận An, Bình Dương",
    latitude: 10.925,
    longitude: 106.708,
    calendar: "plantNights",
    phone: "+84 274 5550 230",
    accessNotes: "Ca đêm vào bằng cổng phụ, gọi số trực ca.",
    engineers: ["hanh", "bao", "raman"],
    size: 0.9,
    timeZone: "Asia/Ho_Chi_Minh",
  },
  {
    customer: "maker",
    name: "Văn phòng TP. Hồ Chí Minh",
    code: "HCM",
    address: "Nguyễn Thị Minh Khai, Quận 3, TP. HCM",
    latitude: 10.779,
    longitude: 106.692,
    calendar: "saigonOffice",
    phone: "+84 28 5550 240",
    accessNotes: "",
    engineers: [],
    size: 0.4,
    timeZone: "Asia/Ho_Chi_Minh",
  },
];
