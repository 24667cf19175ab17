import { stopWithLauncher } from "../src/platform/launcher-watch.ts";
import { benchBusinessTime } from "./business-time.ts";
import { benchLists } from "./lists.ts";
import { benchOpening } from "./opening.ts";
import { benchPush } from "./push.ts";
import { benchRouting } from "./routing.ts";
import { benchSoak } from "./soak.ts";
import { benchStaffing } from "./staffing.ts";
import { benchSurvival } from "./survival.ts";
import { benchUsageDrop } from "./usage-drop.ts";
import { startBenchWorld } from "./world.ts";

/**
 * `npm run bench -- [name …]`: figures as JSON lines; ratios are taken within this run, so that they hold on any machine.
 * `soak` takes an hour and runs only when it is named.
 */
stopWithLauncher();
const wanted = process.argv.slice(2);
const wants = (name: string) => wanted.length === 0 || wanted.includes(name);
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

if (wants("business-time")) for await (const line of benchBusinessTime()) print(line);
if (wants("survival")) for await (const line of benchSurvival()) print(line);
if (wants("staffing")) for await (const line of benchStaffing()) print(line);
if (wants("routing")) for await (const line of benchRouting()) print(line);
if (wants("usage-drop")) for await (const line of benchUsageDrop()) print(line);
if (["start", "opening", "push", "lists"].some(wants) || wanted.includes("soak")) {
  const world = await startBenchWorld();
  try {
    const seconds = Math.round(world.startMilliseconds) / 1000;
    print({ bench: "start-to-first-answer", seconds, aim: "<= 4" });
    if (wants("opening")) for await (const line of benchOpening(world)) print(line);
    if (wants("push")) for await (const line of benchPush(world)) print(line);
    if (wants("lists")) for await (const line of benchLists(world)) print(line);
    if (wanted.includes("soak")) for await (const line of benchSoak(world)) print(line);
  } finally {
    await world.stop();
  }
}
