/** What usually goes wrong with a class of device: the choices on its QR page, most likely first. */
const faults = {
  till: ["noPower", "frozen", "payment", "screen", "drawer"],
  printer: ["noPrint", "jam", "faint", "offline"],
  network: ["noInternet", "unstable", "wifi", "slow"],
  scanner: ["noRead", "noPower", "notPaired"],
  camera: ["noPicture", "blurred", "noRecording"],
  cooling: ["warm", "alarm", "noise", "leak"],
  computer: ["noPower", "frozen", "slow", "login", "screen"],
  other: ["noPower", "notWorking", "damaged", "noise"],
} as const;

export type DeviceFamily = keyof typeof faults;
export type FaultKey = { [F in DeviceFamily]: `fault.${F}.${(typeof faults)[F][number]}` }[DeviceFamily];

/** A provider names device types in its own words and language; these are the words we know. */
const words: readonly (readonly [DeviceFamily, RegExp])[] = [
  ["till", /\btill|pos\b|cash|register|收银|收銀|thu ngân|tính tiền/i],
  ["printer", /print|打印|印表|列印|máy in/i],
  ["network", /router|switch|wi-?fi|network|access.?point|firewall|网络|網路|路由|交换|交換|mạng/i],
  ["scanner", /scan|扫码|掃碼|扫描|掃描|quét/i],
  ["camera", /camera|cctv|nvr|dvr|监控|監控|摄像|攝影|camera an ninh/i],
  ["cooling", /cool|cold|fridge|freez|hvac|air.?con|冷|空调|空調|tủ lạnh|điều hòa|làm mát/i],
  ["computer", /computer|laptop|\bpc\b|desktop|tablet|server|电脑|電腦|笔记本|筆電|服务器|伺服器|máy tính|máy chủ/i],
];

export function familyOf(deviceType: string): DeviceFamily {
  return words.find(([, pattern]) => pattern.test(deviceType))?.[0] ?? "other";
}

export function likelyFaults(deviceType: string): FaultKey[] {
  const family = familyOf(deviceType);
  return faults[family].map((fault) => `fault.${family}.${fault}` as FaultKey);
}
