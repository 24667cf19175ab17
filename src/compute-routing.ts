import { availableParallelism } from "node:os";
import { betterOf, type Found, type Plan, readRoutingDocument, type SearchTask } from "./engines/routing/index.ts";
import { runApart } from "./platform/run-apart.ts";

/** Kept back from the limit: what the launcher took before this process began, what ending takes, and a share for a busy machine. */
const sparedMilliseconds = 700;
const sparedShare = 0.05;
const mostShared = 600;
/** One search strays farther than the other. */
const heats = [3, 1.5];
const threads = Math.min(heats.length, availableParallelism());

/**
 * The document of `mainstay compute routing`: two searches from different seeds, each in a thread of its own, and the better
 * answer. `limitSeconds` counts from the start of the process. Throws `DocumentFault` that names the place.
 */
export async function computeRouting(document: unknown): Promise<Plan> {
  const { problem, limitSeconds } = readRoutingDocument(document);
  const limit = limitSeconds * 1000;
  const spared = sparedMilliseconds + Math.min(mostShared, limit * sparedShare);
  const deadline = performance.timeOrigin + limit - spared;
  const searches = Array.from({ length: threads }, (_, index): Promise<Found> => {
    const task: SearchTask = { problem, seed: index + 1, heat: heats[index] ?? 2, deadline };
    return runApart<Found>(new URL("./engines/routing/search-apart.ts", import.meta.url), "searchApart", task);
  });
  const found = await Promise.all(searches);
  const { plan } = found.reduce(betterOf);
  return { ...plan, distance: Math.round(plan.distance * 1e9) / 1e9 };
}
