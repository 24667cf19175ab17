import { DocumentFault, readArray, readNumber, readObject, under } from "../document/index.ts";
import { readTime } from "./read-time.ts";
import { type StreamPoint, scoreStream } from "./score-stream.ts";

/** Numbers from here on are milliseconds from 1970 (1973 and later), not seconds (until 5138). */
const leastMilliseconds = 1e11;
/** Local times are turned back in autumn; what goes back further is not in order. In seconds. */
const clockChange = 3 * 3600;

/**
 * The document of `mainstay compute anomaly`: the points of one stream in order in, one score from 0 to 1 for each out,
 * from that point and those before it alone. Throws `DocumentFault` that names the place.
 */
export function computeAnomaly(document: unknown): { scores: number[] } {
  const { points } = readObject(document, "", { required: ["points"] });
  const score = scoreStream();
  let latest = Number.NEGATIVE_INFINITY;
  const scores = readArray(points, "/points", (item, pointer) => {
    const point = readPoint(item, pointer);
    if (point.time < latest - clockChange)
      throw new DocumentFault(under(pointer, "time"), "The point is earlier than the one before it.");
    latest = Math.max(latest, point.time);
    return score(point);
  });
  return { scores };
}

function readPoint(item: unknown, pointer: string): StreamPoint {
  const read = readObject(item, pointer, { required: ["time", "value"] });
  const time = readTime(read.time, under(pointer, "time"));
  const value = readNumber(read.value, under(pointer, "value"));
  return { time: !isText(read.time) && Math.abs(time) >= leastMilliseconds ? time / 1000 : time, value };
}

/** Text that is not digits alone. */
function isText(time: unknown): boolean {
  return typeof time === "string" && !/^\d+$/.test(time);
}
