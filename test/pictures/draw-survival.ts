import { fitWeibull, kaplanMeier, planReplacement, prepareLives } from "../../src/engines/survival/index.ts";
import { ballBearings } from "../reference/published-lives.ts";
import { colours, drawChart, type Point } from "./chart.ts";

/** Lieblein and Zelen's ball bearings: the counted curve with its limits, the Weibull life, and when replacing pays. */
export function draw(): string {
  const lives = prepareLives(ballBearings);
  const steps = kaplanMeier(lives);
  const { shape, scale } = fitWeibull(lives);
  const { age } = planReplacement({ shape, scale }, { preventive: 1, failure: 5 });
  if (age === null) throw new Error("these bearings wear out");
  const survival = (time: number) => Math.exp(-((time / scale) ** shape));
  const end = 180;
  const curve = (value: (step: (typeof steps)[number]) => number): Point[] => [
    [0, 1],
    ...steps.map((step): Point => [step.time, value(step)]),
  ];
  const fitted = Array.from({ length: 91 }, (_, index): Point => [index * 2, survival(index * 2)]);
  return drawChart(
    {
      title: "How long ball bearings live, and when to replace them",
      x: { label: "millions of revolutions", from: 0, to: end, ticks: [0, 30, 60, 90, 120, 150, 180] },
      y: {
        label: "share still working",
        from: 0,
        to: 1,
        ticks: [0, 0.25, 0.5, 0.75, 1],
        format: (share) => `${share * 100} %`,
      },
    },
    (pen) => [
      pen.band(stairs(curve(({ lower }) => lower)), stairs(curve(({ upper }) => upper)), colours.accent),
      pen.steps(
        curve(({ survival: counted }) => counted),
        colours.accent,
      ),
      pen.line(fitted, colours.second),
      pen.line(
        [
          [age, 0],
          [age, survival(age)],
        ],
        colours.third,
        true,
      ),
      pen.dots([[age, survival(age)]], colours.third, 5),
      pen.words([80, 0.9], "counted (Kaplan–Meier), 95 % limits", colours.accent),
      pen.words([80, 0.82], `Weibull: shape ${shape.toFixed(2)}, scale ${scale.toFixed(1)}`, colours.second),
      pen.words([age + 2, 0.05], `replace at ${age.toFixed(0)} if a failure costs 5 times as much`, colours.third),
    ],
  );
}

/** A line's points as the corners of a staircase that holds each value until the next. */
function stairs(points: readonly Point[]): Point[] {
  return points.flatMap(([x, y], index): Point[] => {
    const before = points[index - 1];
    return before
      ? [
          [x, before[1]],
          [x, y],
        ]
      : [[x, y]];
  });
}
