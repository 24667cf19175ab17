/** Two integrals that are taken over the same points. */
export type Pair = readonly [number, number];

const order = 16;
const maximumDepth = 40;
/** Some thirty are usual. */
const mostPanels = 50_000;
const { nodes, weights } = gaussLegendre(order);

/**
 * Integrates two smooth, non-negative functions over adjoining panels, halving each panel until it agrees with its halves
 * to 11 digits: the halves then hold to about 14. Gauss–Legendre with 16 points (exact for polynomials up to degree 31).
 * @param edges in ascending order; no feature may be much narrower than the panel that holds it
 * @param at answers both functions at a point
 */
export function integratePair(edges: readonly number[], at: (point: number) => Pair): Pair {
  const panels = edges.slice(1).map((to, index) => ({ from: edges[index] ?? to, to, depth: 0 }));
  const rough = panels.map(({ from, to }) => panelOf(from, to, at));
  const whole: Pair = [rough.reduce((sum, [a]) => sum + a, 0), rough.reduce((sum, [, b]) => sum + b, 0)];
  const open = panels.map((panel, index) => ({ ...panel, value: rough[index] ?? ([0, 0] as const) }));
  const total: [number, number] = [0, 0];
  let taken = 0;
  for (let panel = open.pop(); panel; panel = open.pop()) {
    if (++taken > mostPanels) throw new Error("An integral of the staffing engine does not settle.");
    const { from, to, depth, value } = panel;
    const middle = (from + to) / 2;
    const left = panelOf(from, middle, at);
    const right = panelOf(middle, to, at);
    const halves: Pair = [left[0] + right[0], left[1] + right[1]];
    if (depth === maximumDepth || (agrees(value[0], halves[0], whole[0]) && agrees(value[1], halves[1], whole[1]))) {
      total[0] += halves[0];
      total[1] += halves[1];
    } else {
      open.push(
        { from, to: middle, depth: depth + 1, value: left },
        { from: middle, to, depth: depth + 1, value: right },
      );
    }
  }
  return total;
}

function agrees(value: number, halves: number, whole: number): boolean {
  return Math.abs(value - halves) <= 1e-11 * Math.max(halves, whole / 1000);
}

function panelOf(from: number, to: number, at: (point: number) => Pair): Pair {
  const half = (to - from) / 2;
  const middle = from + half;
  let [first, second] = [0, 0];
  for (let index = 0; index < order; index++) {
    const [a, b] = at(middle + half * (nodes[index] ?? 0));
    const weight = weights[index] ?? 0;
    first += weight * a;
    second += weight * b;
  }
  return [first * half, second * half];
}

/** Zeros of the Legendre polynomial by Newton's method (Golub & Welsch 1969 give the same to the last digit). */
function gaussLegendre(count: number): { nodes: readonly number[]; weights: readonly number[] } {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let index = 0; index < count; index++) {
    let zero = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let step = 0; step < 10; step++) {
      let [before, value] = [1, zero];
      for (let degree = 2; degree <= count; degree++) {
        [before, value] = [value, ((2 * degree - 1) * zero * value - (degree - 1) * before) / degree];
      }
      slope = (count * (zero * value - before)) / (zero * zero - 1);
      zero -= value / slope;
    }
    nodes.push(zero);
    weights.push(2 / ((1 - zero * zero) * slope * slope));
  }
  return { nodes, weights };
}
