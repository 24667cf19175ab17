import { parentPort, workerData } from "node:worker_threads";
import { printLabels } from "./label-sheet.ts";

const { labels, format, language } = workerData;
const pdf = await printLabels(labels, format, language);
parentPort?.postMessage(new Uint8Array(pdf));
