import { Document, Page, Path, renderToBuffer, Svg, Text, View } from "@react-pdf/renderer";
import { createElement, type ReactElement } from "react";
import type { Locale } from "../../platform/fields.ts";
import type { LabelFormat } from "./api.ts";
import { loadFonts } from "./label-fonts.ts";
import { qrPath } from "./qr-path.ts";

/** One label: what its QR code opens, and its three lines. */
export interface PrintedLabel {
  url: string;
  name: string;
  siteName: string;
  code: string;
}

interface Sheet {
  page: readonly [width: number, height: number];
  columns: number;
  rows: number;
  label: readonly [width: number, height: number];
  /** Of the first label. */
  left: number;
  top: number;
  columnGap: number;
}

/** Millimetres. The A4 sheets are those sold as 70 × 37 and 99.1 × 38.1; the single label is 62 wide on a roll. */
const sheets: Record<LabelFormat, Sheet> = {
  "a4-3x8": { page: [210, 297], columns: 3, rows: 8, label: [70, 37], left: 0, top: 0.5, columnGap: 0 },
  "a4-2x7": { page: [210, 297], columns: 2, rows: 7, label: [99.1, 38.1], left: 4.65, top: 15.15, columnGap: 2.5 },
  single: { page: [62, 29], columns: 1, rows: 1, label: [62, 29], left: 0, top: 0, columnGap: 0 },
};

const invitations: Record<Locale, string> = {
  en: "Scan to report a fault",
  "zh-Hans": "扫码报修",
  "zh-Hant": "掃碼報修",
  vi: "Quét mã để báo hỏng",
};

/** A PDF of labels in the order given; the QR code leads to `url`. Fonts are loaded only for the scripts that occur. */
export async function printLabels(
  labels: readonly PrintedLabel[],
  format: LabelFormat,
  language: Locale,
): Promise<Buffer> {
  const sheet = sheets[format];
  const invitation = invitations[language];
  const words = [invitation, ...labels.flatMap(({ name, siteName }) => [name, siteName])].join(" ");
  const { families, printable } = await loadFonts(words, language);
  const perPage = sheet.columns * sheet.rows;
  const pages = Array.from({ length: Math.ceil(labels.length / perPage) }, (_, page) =>
    createElement(
      Page,
      { key: page, size: [mm(sheet.page[0]), mm(sheet.page[1])], style: { fontFamily: families } },
      labels
        .slice(page * perPage, (page + 1) * perPage)
        .map((label, index) =>
          labelAt(
            sheet,
            index,
            { ...label, name: printable(label.name), siteName: printable(label.siteName) },
            invitation,
          ),
        ),
    ),
  );
  return renderToBuffer(createElement(Document, { title: "Mainstay", language }, pages));
}

function labelAt(sheet: Sheet, index: number, label: PrintedLabel, invitation: string): ReactElement {
  const [width, height] = sheet.label;
  const column = index % sheet.columns;
  const row = Math.floor(index / sheet.columns);
  const margin = 3;
  const side = height - 2 * margin;
  const { path, size } = qrPath(label.url);
  const text = (size: number, words: string, maxLines: number) =>
    createElement(Text, { style: { fontSize: size, maxLines, textOverflow: "ellipsis", lineHeight: 1.25 } }, words);
  return createElement(
    View,
    {
      key: index,
      style: {
        position: "absolute",
        left: mm(sheet.left + column * (width + sheet.columnGap)),
        top: mm(sheet.top + row * height),
        width: mm(width),
        height: mm(height),
        padding: mm(margin),
        flexDirection: "row",
      },
    },
    createElement(
      Svg,
      { viewBox: `0 0 ${size} ${size}`, style: { width: mm(side), height: mm(side) } },
      createElement(Path, { d: path, fill: "black" }),
    ),
    createElement(
      View,
      { style: { flex: 1, marginLeft: mm(margin), justifyContent: "center" } },
      text(9.5, label.name, 2),
      text(7.5, label.siteName, 2),
      text(8.5, label.code, 1),
      text(7, invitation, 1),
    ),
  );
}

/** Millimetres in PDF points. */
function mm(length: number): number {
  return (length * 72) / 25.4;
}
