import type { MessageLanguage } from "./destination.ts";

/** The few words that channels add of their own. */
export const labels: Record<MessageLanguage, { open: string; acknowledge: string }> = {
  en: { open: "Open", acknowledge: "Acknowledge" },
  "zh-Hans": { open: "打开", acknowledge: "确认" },
  "zh-Hant": { open: "開啟", acknowledge: "確認" },
  vi: { open: "Mở", acknowledge: "Xác nhận" },
};
