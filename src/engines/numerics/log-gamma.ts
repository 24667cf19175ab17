const halfLogOfTwoPi = 0.5 * Math.log(2 * Math.PI);
/** B₂ₖ ÷ (2k·(2k − 1)), k = 1 … 8: the coefficients of Stirling's series in 1 ÷ x, 1 ÷ x³, … */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
/** From here on eight terms of the series leave an error below 1e-17. */
const seriesFrom = 12;

/**
 * ln Γ(x) for x > 0; absolute error below 1e-14, or relative where the value is large.
 * Stirling's series after lifting x by Γ(x + 1) = x·Γ(x): NIST Digital Library of Mathematical Functions, 5.11.1 and 5.5.1.
 */
export function logGamma(x: number): number {
  let product = 1;
  let lifted = x;
  while (lifted < seriesFrom) {
    product *= lifted;
    lifted += 1;
  }
  return stirlingSeries(lifted) - Math.log(product);
}

function stirlingSeries(x: number): number {
  const inverseSquare = 1 / (x * x);
  let correction = 0;
  for (let index = stirling.length - 1; index >= 0; index--)
    correction = correction * inverseSquare + (stirling[index] ?? 0);
  return (x - 0.5) * Math.log(x) - x + halfLogOfTwoPi + correction / x;
}
