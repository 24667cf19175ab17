import highsDoor, { type Highs, type ModelData } from "highs";
import { StaffingError } from "./error.ts";

/** A mixed-integer linear programme: the least (or largest) sum of column costs with every row within its limits. */
export interface Programme {
  readonly maximise?: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column {
  readonly cost: number;
  readonly lower: number;
  /** `Infinity` where there is none. */
  readonly upper: number;
  readonly whole: boolean;
}

export interface Row {
  readonly lower: number;
  readonly upper: number;
  /** Coefficients that are not zero, each column at most once. */
  readonly entries: readonly (readonly [column: number, coefficient: number])[];
}

/** The value of each column at the optimum, or undefined where no values fit. */
export type Solve = (programme: Programme) => readonly number[] | undefined;

/**
 * Loads HiGHS (Huangfu & Hall 2018; WebAssembly, no network and no thread). Solutions are proven optimal, up to `gap` (a share of the objective), and the same
 * programme has the same solution. `solve` throws `StaffingError` `stopped` once `shouldStop` says so.
 */
export async function loadSolver(shouldStop: () => boolean, gap: number): Promise<Solve> {
  const highs = await loaderOf(highsDoor)();
  return (programme) => {
    if (shouldStop()) throw stopped();
    if (programme.columns.length === 0)
      return programme.rows.every(({ lower, upper }) => lower <= 0 && upper >= 0) ? [] : undefined;
    return highs.withModel(modelOf(highs, programme), (model) => {
      model.options.set({ output_flag: false, mip_rel_gap: gap, mip_abs_gap: 1e-9, random_seed: 0 });
      const { mipInterrupt, simplexInterrupt } = highs.constants.callbackType;
      const interrupt = (event: { interrupt(): void }): undefined => {
        if (shouldStop()) event.interrupt();
      };
      model.run({ [mipInterrupt]: interrupt, [simplexInterrupt]: interrupt });
      const status = model.getModelStatus();
      const { optimal, infeasible, interrupted } = highs.constants.modelStatus;
      if (status === interrupted) throw stopped();
      if (status === infeasible) return undefined;
      if (status !== optimal) throw new Error(`HiGHS ended with status ${status}.`);
      return Array.from(model.getSolution().colValue);
    });
  };
}

/** The types tell of the CommonJS door, whose member `default` loads; the ES module that Node opens is the loader itself. */
function loaderOf(door: unknown): () => Promise<Highs> {
  return isLoader(door) ? door : highsDoor.default;
}

function isLoader(door: unknown): door is typeof highsDoor.default {
  return typeof door === "function";
}

function modelOf({ constants }: Highs, { maximise = false, columns, rows }: Programme): ModelData {
  const { integer, continuous } = constants.variableType;
  const starts = new Int32Array(rows.length + 1);
  for (const [index, { entries }] of rows.entries()) starts[index + 1] = (starts[index] ?? 0) + entries.length;
  const entries = rows.flatMap((row) => row.entries);
  return {
    numCols: columns.length,
    numRows: rows.length,
    sense: maximise ? constants.objectiveSense.maximize : constants.objectiveSense.minimize,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(({ lower }) => lower),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: rows.map(({ lower }) => lower),
    rowUpper: rows.map(({ upper }) => upper),
    matrix: {
      format: "csr",
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: Int32Array.from(entries, ([column]) => column),
      values: Float64Array.from(entries, ([, coefficient]) => coefficient),
    },
    ...(columns.some(({ whole }) => whole)
      ? { integrality: columns.map(({ whole }) => (whole ? integer : continuous)) }
      : {}),
  };
}

function stopped(): StaffingError {
  return new StaffingError("stopped", "", "The computation was stopped before it had an answer.");
}
