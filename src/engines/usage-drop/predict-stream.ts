/** One way to foretell the next value of a stream: where it should be, and how far off that usually is. */
export interface Forecast {
  location: number;
  scale: number;
  /** False until enough was seen. */
  ready: boolean;
}

export interface Expert {
  /** Reads the time only; must not look at the value. The object answered is reused. */
  foretell(time: number): Forecast;
  learn(time: number, value: number): void;
}

/** The value before. */
export function lastValue(): Expert {
  const forecast: Forecast = { location: 0, scale: 0, ready: false };
  const spread = runningScale(1 / 60);
  let seen = 0;
  return {
    foretell: () => forecast,
    learn: (_time, value) => {
      if (seen++ > 0) forecast.scale = spread(Math.abs(value - forecast.location));
      forecast.location = value;
      forecast.ready = seen > 2;
    },
  };
}

/** A level that follows slowly: `rate` of each deviation, and at most three usual deviations at a time. */
export function slowLevel(rate: number): Expert {
  const forecast: Forecast = { location: 0, scale: 0, ready: false };
  const spread = runningScale(Math.max(rate / 2, 1 / 300));
  let seen = 0;
  return {
    foretell: () => forecast,
    learn: (_time, value) => {
      const error = value - forecast.location;
      const limit = seen > 20 ? 3 * forecast.scale : Number.POSITIVE_INFINITY;
      const step = Math.max(rate, 1 / ++seen);
      // A third of the limit always gets through, so that a constant stream can move.
      forecast.location += step * (limit > 0 ? Math.max(-limit, Math.min(limit, error)) : error);
      if (seen > 1) forecast.scale = spread(Math.abs(error));
      forecast.ready = seen > 5;
    },
  };
}

/**
 * The level of this time within a period (of the day, of the week), moved by how far off the recent points were.
 * @param period in the unit of the times
 * @param slots parts of the period that have a level of their own
 * @param follow how fast the common offset follows; 0 = not at all
 */
export function seasonal(period: number, slots: number, follow: number): Expert {
  const forecast: Forecast = { location: 0, scale: 0, ready: false };
  const [levels, spreads, seen] = [new Float64Array(slots), new Float64Array(slots), new Float64Array(slots)];
  const overall = runningScale(1 / 300);
  let [offset, common, judged] = [0, 0, 0];
  const slotOf = (time: number) =>
    Math.min(slots - 1, Math.floor((((time % period) + period) % period) / (period / slots)));
  return {
    foretell: (time) => {
      const slot = slotOf(time);
      forecast.location = (levels[slot] ?? 0) + offset;
      forecast.scale = (common + (spreads[slot] ?? 0)) / 2;
      forecast.ready = (seen[slot] ?? 0) >= 3 && judged > 20;
      return forecast;
    },
    learn: (time, value) => {
      const slot = slotOf(time);
      const visits = (seen[slot] ?? 0) + 1;
      seen[slot] = visits;
      const before = levels[slot] ?? 0;
      const error = value - before;
      if (visits > 3) {
        judged++;
        const miss = Math.abs(error - offset);
        common = overall(miss);
        spreads[slot] =
          (spreads[slot] ?? 0) + Math.max(1 / (visits - 3), 0.05) * (Math.min(miss, 6 * common) - (spreads[slot] ?? 0));
        const limit = 4 * common;
        offset += follow * (Math.max(-limit, Math.min(limit, error)) - offset);
      }
      const limit = visits > 6 ? 5 * common + Math.abs(offset) : Number.POSITIVE_INFINITY;
      levels[slot] = before + Math.max(1 / visits, 0.08) * Math.max(-limit, Math.min(limit, error));
    },
  };
}

/** Mean absolute deviation that follows at `rate`, each deviation held to eight times the mean so far. */
function runningScale(rate: number): (deviation: number) => number {
  let [mean, seen] = [0, 0];
  return (deviation) => {
    const held = seen > 20 && mean > 0 ? Math.min(deviation, 8 * mean) : deviation;
    mean += Math.max(rate, 1 / ++seen) * (held - mean);
    return mean;
  };
}
