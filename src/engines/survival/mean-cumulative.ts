import { normalQuantile } from "../numerics/index.ts";
import { checkConfidence } from "./confidence.ts";
import { checkHistories, type RepairHistory } from "./repair-history.ts";

/** The mean number of repairs for each system just after an age at which there were some. */
export interface RepairStep {
  readonly time: number;
  readonly mean: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly atRisk: number;
  readonly repairs: number;
}

/**
 * Nelson's mean cumulative function, which assumes nothing of the process (W. Nelson, Technometrics 37 (1995) 147–157), with the robust
 * variance of J. F. Lawless and C. Nadeau (Technometrics 37 (1995) 158–168), that lets the repairs of one system depend on each other, and
 * log-normal limits mean·exp(±z·error ÷ mean). A system is at risk after its start up to its end, both repairs and ends of one age counted there.
 * Throws `SurvivalError` for histories that cannot be. O(n log n) for n ages in all.
 */
export function meanCumulativeRepairs(histories: readonly RepairHistory[], confidence = 0.95): RepairStep[] {
  checkConfidence(confidence);
  checkHistories(histories);
  const z = -normalQuantile((1 - confidence) / 2);
  const happenings = inOrder(histories);
  const steps: RepairStep[] = [];
  /** Each system's influence is its own Σ 1/atRisk over repairs, less what the mean grew while it was watched. */
  const influence = new Float64Array(histories.length);
  const running = { count: 0, sum: 0, squares: 0 };
  let [mean, drift, ended] = [0, 0, 0];
  const move = (system: number, by: number) => {
    const before = influence[system] ?? 0;
    influence[system] = before + by;
    running.sum += by;
    running.squares += (before + by) ** 2 - before ** 2;
  };
  for (let index = 0; index < happenings.length; ) {
    const now = happenings[index]?.age ?? 0;
    let last = index;
    while (happenings[last]?.age === now) last++;
    const group = happenings.slice(index, last);
    index = last;
    const repairs = group.filter(({ kind }) => kind === "repair");
    if (repairs.length > 0) {
      for (const { system } of repairs) move(system, 1 / running.count);
      mean += repairs.length / running.count;
      drift += repairs.length / running.count ** 2;
      const spread = running.squares - 2 * drift * running.sum + drift * drift * running.count;
      const standardError = Math.sqrt(Math.max(0, ended + spread));
      const factor = Math.exp((z * standardError) / mean);
      const atRisk = running.count;
      steps.push({
        time: now,
        mean,
        standardError,
        lower: mean / factor,
        upper: mean * factor,
        atRisk,
        repairs: repairs.length,
      });
    }
    for (const { system, kind } of group) {
      if (kind === "end") {
        const own = influence[system] ?? 0;
        running.count--;
        running.sum -= own;
        running.squares -= own * own;
        ended += (own - drift) ** 2;
      }
      if (kind === "start") {
        running.count++;
        move(system, drift);
      }
    }
  }
  return steps;
}

interface Happening {
  readonly age: number;
  readonly system: number;
  readonly kind: "repair" | "end" | "start";
}

function inOrder(histories: readonly RepairHistory[]): Happening[] {
  return histories
    .flatMap(({ start = 0, end, repairs }, system): Happening[] => [
      { age: start, system, kind: "start" },
      ...repairs.map((age): Happening => ({ age, system, kind: "repair" })),
      { age: end, system, kind: "end" },
    ])
    .sort((a, b) => a.age - b.age);
}
