import { seededRandom } from "../src/engines/random/index.ts";
import { fitWeibull, kaplanMeier, type Observation, prepareLives } from "../src/engines/survival/index.ts";
import { drawLife } from "../test/reference/generated-lives.ts";
import { climbWeibull } from "../test/reference/weibull-likelihood.ts";

interface Figure {
  readonly bench: string;
  /** Fits per second against a plain search of the likelihood in the same run; or rows per second, small against large. */
  readonly ratio: number;
  readonly aim: string;
  readonly perSecond: number;
  readonly referencePerSecond: number;
}

/** A fleet as contracts see it: some watched from new, some from an age on, most still working. */
function fleet(units: number): Observation[] {
  const random = seededRandom(1);
  const observations: Observation[] = [];
  while (observations.length < units) {
    const [life, entry] = [drawLife(random, 1.8, 2000), random() < 0.5 ? 0 : 800 * random()];
    const seen = entry + 900 * random();
    if (life > entry && seen > entry) observations.push({ time: Math.min(life, seen), event: life <= seen, entry });
  }
  return observations;
}

export async function* benchSurvival(): AsyncGenerator<Figure> {
  const group = fleet(200);
  const [fitted, summit] = [fitWeibull(prepareLives(group)), climbWeibull(group)];
  if (Math.abs(fitted.shape / summit.shape - 1) > 1e-6 || Math.abs(fitted.scale / summit.scale - 1) > 1e-6)
    throw new Error(
      `The engine fits ${fitted.shape}, ${fitted.scale} where the search finds ${summit.shape}, ${summit.scale}.`,
    );
  const perSecond = rate(50, () => fitWeibull(prepareLives(group)));
  const referencePerSecond = rate(1, () => climbWeibull(group));
  yield {
    bench: "survival.fit-200-units",
    ratio: perSecond / referencePerSecond,
    aim: ">= 10",
    perSecond,
    referencePerSecond,
  };

  const [small, large] = [fleet(10_000), fleet(300_000)];
  const rowsPerSecond = (rows: readonly Observation[], rounds: number) =>
    rows.length *
    rate(rounds, () => {
      const lives = prepareLives(rows);
      return [kaplanMeier(lives), fitWeibull(lives)];
    });
  const [few, many] = [rowsPerSecond(small, 5), rowsPerSecond(large, 1)];
  yield { bench: "survival.rows-300k", ratio: many / few, aim: ">= 0.3", perSecond: many, referencePerSecond: few };
}

function rate(rounds: number, answer: () => unknown): number {
  const began = performance.now();
  for (let round = 0; round < rounds; round++) answer();
  return (rounds / (performance.now() - began)) * 1000;
}
