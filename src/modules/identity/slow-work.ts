import { Refusal } from "../../platform/refusal.ts";

/** Slow hashes keep every core busy: so many at once, so many waiting, and the rest is told to come back. */
const mostAtOnce = 4;
const mostWaiting = 200;
const waiting: (() => void)[] = [];
let atWork = 0;

/** Runs a password's slow hash when its turn comes. */
export async function inTurn<R>(work: () => Promise<R>): Promise<R> {
  if (atWork >= mostAtOnce) {
    if (waiting.length >= mostWaiting) {
      throw new Refusal("unavailable", "busy", "Too much was going on at once. Try again.");
    }
    await new Promise<void>((resume) => waiting.push(resume));
  } else atWork++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else atWork--;
  }
}
