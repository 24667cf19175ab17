import { planRoutes } from "../../src/engines/routing/index.ts";
import { looks } from "../reference/search-looks.ts";
import { readSolomon, solomonProblem } from "../reference/solomon-instance.ts";
import { colours, drawChart, type Point } from "./chart.ts";

const routeColours = [colours.accent, colours.second, colours.third, colours.grey];

/** The routes of Solomon's R101 after a short search. */
export function draw(): string {
  const instance = readSolomon("R101");
  const plan = planRoutes(solomonProblem(instance, 1), looks(250));
  const depot: Point = [instance.depot.x, instance.depot.y];
  const placeOf = new Map(instance.customers.map(({ id, x, y }): [string, Point] => [String(id), [x, y]]));
  return drawChart(
    {
      title: `Solomon's R101: ${plan.routes.length} routes, distance ${plan.distance.toFixed(1)}`,
      width: 640,
      height: 660,
      x: { label: "x", from: 0, to: 70, ticks: [0, 10, 20, 30, 40, 50, 60, 70] },
      y: { label: "y", from: 0, to: 80, ticks: [0, 20, 40, 60, 80] },
    },
    (pen) => [
      ...plan.routes.map(({ jobs }, index) => {
        const stops = jobs.map((id): Point => placeOf.get(String(id)) ?? depot);
        return pen.line([depot, ...stops, depot], routeColours[index % routeColours.length] ?? colours.accent);
      }),
      pen.dots([...placeOf.values()], colours.grey, 3),
      pen.dots([depot], colours.second, 7),
    ],
  );
}
