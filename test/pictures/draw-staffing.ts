import { findSmallestStaff, type RatioLadder, stepCurve } from "../../src/engines/staffing/index.ts";
import { colours, drawChart, type Point } from "./chart.ts";

const ladder: RatioLadder = {
  steps: [
    { sites: 60, engineers: 4 },
    { sites: 120, engineers: 6 },
  ],
  crew: 2,
  between: "line",
};
const costPerEngineer = 900_000;
const [from, to] = [40, 120];
const sites = { label: "sites", from, to, ticks: [40, 50, 60, 70, 80, 90, 100, 110, 120] };
const height = 300;

/** Engineers as agreed and as the work asks for them, and below what each site then costs. */
export function draw(): string {
  const curve = stepCurve(ladder, costPerEngineer).slice(from - 1, to);
  const costs = curve.map(({ sites, costPerSite }): Point => [sites, costPerSite / 100]);
  const before = curve.find(({ sites }) => sites === 60);
  const [dear, again] = [80, before && curve.find(({ sites }) => sites > 60 && sites < to)?.paysAgainFrom].map(
    (count) => costs.find(([sites]) => sites === count),
  );
  if (!before || !dear || !again) throw new Error("the ladder has its points");
  const engineers = drawChart(
    {
      title: "60 sites take 4 engineers, 120 take 6, in crews of two",
      height,
      x: sites,
      y: { label: "engineers", from: 0, to: 8, ticks: [0, 2, 4, 6, 8] },
    },
    (pen) => [
      pen.line(
        curve.map(({ sites, byTheLine }): Point => [sites, byTheLine]),
        colours.grey,
        true,
      ),
      pen.steps(
        curve.map(({ sites }): Point => [sites, engineersByWork(sites)]),
        colours.third,
      ),
      pen.steps(
        curve.map(({ sites, engineers }): Point => [sites, engineers]),
        colours.accent,
      ),
      pen.dots([[80, 6]], colours.second, 5),
      pen.words([62, 6.4], "as agreed", colours.accent),
      pen.words([90, 4.3], "for 80 % within the hour", colours.third),
      pen.words([71, 7.1], "80 sites: 4 are too few, 5 do not work out", colours.second),
    ],
  );
  const cost = drawChart(
    {
      title: "So every site is dearer from the 61st on, and growth pays again from the 90th",
      height,
      x: sites,
      y: { label: "cost per site and month", from: 0, to: 1000, ticks: [0, 250, 500, 750, 1000] },
    },
    (pen) => [
      pen.line(
        [
          [from, before.costPerSite / 100],
          [to, before.costPerSite / 100],
        ],
        colours.grey,
        true,
      ),
      pen.steps(costs, colours.accent),
      pen.dots([dear], colours.second, 5),
      pen.dots([again], colours.third, 5),
      pen.words([81, dear[1] + 60], `80 sites: ${dear[1]} each`, colours.second),
      pen.words([91, again[1] + 60], `${again[0]} sites: ${again[1]} again`, colours.third),
    ],
  );
  const placed = [engineers, cost].map((chart, index) =>
    chart.replace("<svg ", `<svg y="${index * height}" width="760" height="${height}" `),
  );
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 ${2 * height}" role="img" aria-label="Engineers by sites, and the cost of each site">`;
  return [frame, ...placed, "</svg>", ""].join("\n");
}

/** Three faults per site in a hundred hours, 75 minutes each with the way, four of five answered within the hour. */
function engineersByWork(sites: number): number {
  const question = { arrivalsPerHour: 0.03 * sites, handleMinutes: 75, answerWithinMinutes: 60 };
  return findSmallestStaff(question, { serviceLevel: 0.8 }).engineers;
}
