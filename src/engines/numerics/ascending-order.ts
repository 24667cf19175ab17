const digitBits = 16;
const digits = 2 ** digitBits;
/** Below this, comparing is quicker than counting. */
const few = 20_000;

/**
 * The indices of `values` in ascending order, equal values in the order in which they stand. Values are ≥ 0 and finite: then their
 * IEEE 754 bits order as whole numbers do, and many of them are sorted by counting, digit by digit (D. E. Knuth, The Art of Computer
 * Programming 3, 2nd ed. 1998, section 5.2.5).
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let index = 0; index < order.length; index++) order[index] = index;
  if (values.length < few) return order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  /** Four digits for each value, the least first: every machine that Node runs on is little-endian. */
  const parts = new Uint16Array(Float64Array.from(values).buffer);
  let [from, to] = [order, new Uint32Array(order.length)];
  for (let digit = 0; digit < 4; digit++) {
    const places = new Uint32Array(digits + 1);
    for (let index = digit; index < parts.length; index += 4) {
      const next = (parts[index] ?? 0) + 1;
      places[next] = (places[next] ?? 0) + 1;
    }
    for (let value = 1; value <= digits; value++) places[value] = (places[value] ?? 0) + (places[value - 1] ?? 0);
    for (let index = 0; index < from.length; index++) {
      const item = from[index] ?? 0;
      const value = parts[4 * item + digit] ?? 0;
      const place = places[value] ?? 0;
      to[place] = item;
      places[value] = place + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}
