import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem, Unreachable } from "./problem.ts";
import { sessionQuery } from "./session.ts";

export function createQueryClient(): QueryClient {
  const onError = (error: Error) => {
    // The session ended elsewhere (revoked, expired): forget who was here; the guard of the routes leads to the sign-in.
    if (error instanceof ApiProblem && error.status === 401 && client.getQueryData(sessionQuery.queryKey)) {
      client.setQueryData(sessionQuery.queryKey, null);
      window.dispatchEvent(new Event("mainstay:signed-out"));
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // The stream tells what changed; asking again on every focus would only load the server.
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        networkMode: "always",
        retry: (failures, error) => mayTryAgain(error) && failures < 2,
        retryDelay: (failures) => Math.min(4000, 400 * 2 ** failures),
      },
      mutations: {
        networkMode: "always",
        // Safe for POST as well: the same action carries the same Idempotency-Key.
        retry: (failures, error) => error instanceof Unreachable && navigator.onLine && failures < 2,
        retryDelay: (failures) => 500 * 2 ** failures,
      },
    },
  });
  return client;
}

function mayTryAgain(error: Error): boolean {
  if (error instanceof Unreachable) return navigator.onLine;
  return error instanceof ApiProblem && error.status >= 500;
}
