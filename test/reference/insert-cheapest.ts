import type { Job, RoutingProblem, Vehicle } from "../../src/engines/routing/index.ts";

/**
 * What a dispatcher would do by hand: again and again the job and the place in some route that add least to the way, until
 * nothing more fits. Knows windows and capacity only.
 */
export function insertCheapest(problem: RoutingProblem): { distance: number; unserved: number } {
  const { vehicles, jobs, travel } = problem;
  const way = (from: number, to: number) => travel.minutes[from * travel.size + to] ?? 0;
  const routes = vehicles.map((vehicle): { vehicle: Vehicle; stops: Job[] } => ({ vehicle, stops: [] }));
  const waiting = new Set(jobs);
  const fits = ({ vehicle, stops }: { vehicle: Vehicle; stops: readonly Job[] }): boolean => {
    let [free, place, load] = [vehicle.window[0], vehicle.start, 0];
    for (const stop of stops) {
      const begin = Math.max(free + way(place, stop.at), stop.window[0]);
      load += stop.demand ?? 0;
      if (begin > stop.window[1] || load > (vehicle.capacity ?? Number.POSITIVE_INFINITY)) return false;
      [free, place] = [begin + stop.duration, stop.at];
    }
    return free + way(place, vehicle.end) <= vehicle.window[1];
  };
  const bestPlace = (job: Job) => {
    let best = { added: Number.POSITIVE_INFINITY, route: 0, index: 0 };
    let triedEmpty = false;
    routes.forEach(({ vehicle, stops }, route) => {
      if (stops.length === 0 && triedEmpty) return;
      if (stops.length === 0) triedEmpty = true;
      for (let index = 0; index <= stops.length; index++) {
        const from = stops[index - 1]?.at ?? vehicle.start;
        const to = stops[index]?.at ?? vehicle.end;
        const added = way(from, job.at) + way(job.at, to) - (stops.length > 0 ? way(from, to) : 0);
        if (added < best.added && fits({ vehicle, stops: stops.toSpliced(index, 0, job) }))
          best = { added, route, index };
      }
    });
    return best;
  };
  const places = new Map([...waiting].map((job) => [job, bestPlace(job)]));
  for (;;) {
    const [chosen] = [...waiting].sort((a, b) => (places.get(a)?.added ?? 0) - (places.get(b)?.added ?? 0));
    const place = chosen && places.get(chosen);
    if (!chosen || !place || place.added === Number.POSITIVE_INFINITY) break;
    routes[place.route]?.stops.splice(place.index, 0, chosen);
    waiting.delete(chosen);
    const isEmptyNow = routes[place.route]?.stops.length === 1;
    for (const job of waiting)
      if (isEmptyNow || places.get(job)?.route === place.route) places.set(job, bestPlace(job));
  }
  const distance = routes.reduce((sum, { vehicle, stops }) => {
    if (stops.length === 0) return sum;
    const places = [vehicle.start, ...stops.map(({ at }) => at), vehicle.end];
    return (
      sum + places.reduce((total, place, index) => total + (index > 0 ? way(places[index - 1] ?? 0, place) : 0), 0)
    );
  }, 0);
  return { distance, unserved: waiting.size };
}
