import type { CustomerKey } from "./customer-cast.ts";

export type DeviceType =
  | "till"
  | "receipt_printer"
  | "scanner"
  | "router"
  | "access_point"
  | "laptop"
  | "printer"
  | "cnc_terminal"
  | "label_printer"
  | "camera"
  | "ups";

/** What wears a type of device down besides its age. */
export type Season = "heat" | "trade" | "none";

export interface DeviceModel {
  type: DeviceType;
  manufacturer: string;
  model: string;
  /** Faults per device and month at the middle of its life. */
  faultsPerMonth: number;
  /** Weibull shape: above 1 it wears out, below 1 it dies young. */
  shape: number;
  lifeMonths: number;
  season: Season;
  warrantyMonths: number;
}

type Row = [
  type: DeviceType,
  maker: string,
  model: string,
  faults: number,
  shape: number,
  life: number,
  season: Season,
];

/** Makers and models are invented. */
const rows: Row[] = [
  ["till", "Kestrion", "POS-T510", 0.55, 1.9, 60, "trade"],
  ["till", "Kestrion", "POS-T720", 0.3, 1.6, 66, "trade"],
  ["till", "Orvane", "Counter C3", 0.42, 2.2, 54, "trade"],
  ["receipt_printer", "Papyrex", "R80", 0.6, 1.5, 42, "trade"],
  ["receipt_printer", "Papyrex", "R80 II", 0.34, 1.4, 48, "trade"],
  ["receipt_printer", "Thermolin", "TM-58", 0.72, 2.1, 36, "heat"],
  ["scanner", "Visiline", "Hawk 2D", 0.3, 1.3, 40, "trade"],
  ["scanner", "Visiline", "Rugged HX", 0.22, 1.2, 48, "none"],
  ["router", "Netharbour", "EdgeBox 4", 0.28, 1.1, 60, "heat"],
  ["router", "Netharbour", "EdgeBox 6", 0.16, 0.9, 72, "heat"],
  ["router", "Calderra", "Branch 100", 0.36, 1.8, 54, "heat"],
  ["access_point", "Netharbour", "Air 5", 0.2, 1.1, 60, "heat"],
  ["access_point", "Calderra", "Wave AX", 0.14, 0.9, 66, "heat"],
  ["laptop", "Fennick", "Slate 14", 0.26, 1.4, 44, "none"],
  ["laptop", "Fennick", "Slate 13 G2", 0.17, 0.8, 48, "none"],
  ["laptop", "Orvane", "Trekbook 15", 0.33, 2.0, 40, "heat"],
  ["printer", "Papyrex", "Office M240", 0.5, 1.4, 48, "none"],
  ["printer", "Thermolin", "Multi 6", 0.38, 1.6, 50, "none"],
  ["cnc_terminal", "Halvorsen Drive", "HMI 12", 0.44, 2.4, 90, "heat"],
  ["cnc_terminal", "Halvorsen Drive", "HMI 15 Panel", 0.26, 1.7, 96, "heat"],
  ["label_printer", "Thermolin", "Tag 420", 0.5, 1.6, 44, "none"],
  ["label_printer", "Papyrex", "Label Z4", 0.33, 1.3, 48, "trade"],
  ["camera", "Visiline", "Dome 4K", 0.12, 1.0, 60, "heat"],
  ["camera", "Calderra", "Eye Bullet", 0.2, 1.5, 48, "heat"],
  ["ups", "Voltaris", "Line 1500", 0.24, 2.6, 42, "heat"],
  ["ups", "Voltaris", "Rack 3000", 0.14, 2.2, 54, "heat"],
];

export const deviceModels: readonly DeviceModel[] = rows.map(
  ([type, manufacturer, model, faultsPerMonth, shape, lifeMonths, season]) => ({
    type,
    manufacturer,
    model,
    faultsPerMonth,
    shape,
    lifeMonths,
    season,
    warrantyMonths: type === "ups" || type === "cnc_terminal" ? 36 : 24,
  }),
);

/** What stands at a site of each customer: so many of each at one of usual size, and what people there call it. */
export const equipment: Readonly<Record<CustomerKey, readonly (readonly [DeviceType, number, string])[]>> = {
  chain: [
    ["till", 1.8, "收银机"],
    ["receipt_printer", 1.5, "小票打印机"],
    ["scanner", 1.25, "扫码枪"],
    ["router", 1, "路由器"],
    ["camera", 0.5, "摄像头"],
    ["label_printer", 0.45, "价签打印机"],
    ["ups", 0.3, "不间断电源"],
  ],
  agent: [
    ["laptop", 1.35, "Laptop"],
    ["printer", 0.75, "打印機"],
    ["router", 0.75, "路由器"],
    ["access_point", 0.4, "無線基站"],
  ],
  maker: [
    ["cnc_terminal", 8, "Trạm CNC"],
    ["label_printer", 3.6, "Máy in tem"],
    ["scanner", 3.2, "Máy quét"],
    ["access_point", 3, "Điểm phát Wi-Fi"],
    ["router", 1.2, "Bộ định tuyến"],
    ["ups", 1.4, "Bộ lưu điện"],
    ["camera", 2, "Camera"],
    ["laptop", 1.2, "Máy tính xách tay"],
  ],
};

/** How many devices the provider looks after; what the sites' sizes leave open is added or left out at the end. */
export const deviceCount = 800;
