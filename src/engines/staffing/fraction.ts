/** An exact fraction; the denominator is positive. Work is compared with engineers exactly, as people wrote both. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** The number as its shortest decimal text says it: 0.6 is three fifths. For finite numbers. */
export function fractionOf(value: number): Fraction {
  if (Number.isSafeInteger(value)) return { over: BigInt(value), under: 1n };
  const [mantissa = "0", exponent = "0"] = value.toExponential().split("e");
  const [whole = "0", decimals = ""] = mantissa.split(".");
  const power = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals);
  return power >= 0
    ? { over: digits * 10n ** BigInt(power), under: 1n }
    : { over: digits, under: 10n ** BigInt(-power) };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under };
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.under - b.over * a.under, under: a.under * b.under };
}

export function dividedBy(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.under, under: a.under * b.over };
}

export function isAbove(a: Fraction, b: Fraction): boolean {
  return a.over * b.under > b.over * a.under;
}

/** The largest whole number that is not above a fraction of at least zero. */
export function floorOf({ over, under }: Fraction): bigint {
  return over / under;
}

/** The nearest floating-point number, to one or two units in its last place. */
export function toNumber({ over, under }: Fraction): number {
  if (isExact(over) && isExact(under)) return Number(over) / Number(under);
  const longest = Math.max(bitLength(over), bitLength(under));
  const dropped = BigInt(Math.max(0, longest - 1000));
  return Number(over >> dropped) / Number(under >> dropped);
}

/** `whole` less a fraction, to one or two units in the last place, quickly where the parts are short. */
export function leftOf(whole: number, { over, under }: Fraction): number {
  const product = whole * Number(under);
  if (isExact(over) && product <= Number.MAX_SAFE_INTEGER) return (product - Number(over)) / Number(under);
  return toNumber({ over: BigInt(whole) * under - over, under });
}

const largestExact = BigInt(Number.MAX_SAFE_INTEGER);

/** A floating-point number holds it without rounding. */
function isExact(value: bigint): boolean {
  return value <= largestExact && value >= -largestExact;
}

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}
