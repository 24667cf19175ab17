import { parentPort, workerData } from "node:worker_threads";
import type { Locale } from "../../platform/fields.ts";
import type { LabelFormat } from "./api.ts";
import { type PrintedLabel, printLabels } from "./label-sheet.ts";

/** What this thread is started with; it answers with the PDF and ends. */
export interface PrintOrder {
  labels: readonly PrintedLabel[];
  format: LabelFormat;
  language: Locale;
}

const { labels, format, language }: PrintOrder = workerData;
parentPort?.postMessage(new Uint8Array(await printLabels(labels, format, language)));
