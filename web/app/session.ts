import { type QueryClient, queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import type { Me, Setup } from "../../src/modules/identity/api.ts";
import { get, remove } from "./api.ts";
import { ApiProblem } from "./problem.ts";

/** Who is at the keyboard. */
export type Session = Me;

/** Null means: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await get<Session>("/me", {}, signal);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** Whether this installation still has no provider, and whether its address allows passkeys. */
export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => get<Setup>("/setup", {}, signal),
  staleTime: 300_000,
});

/** The signed-in caller; routes behind a login guarantee that there is one. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new ApiProblem(401, { code: "signed_out" });
  return data;
}

export function useMay(permission: string): boolean {
  return useSession().permissions.includes(permission);
}

/** @param leave goes to a page without a login: the others cannot be shown without a session, not even for a moment */
export async function signOut(client: QueryClient, leave: () => Promise<void>): Promise<void> {
  await remove("/session");
  navigator.serviceWorker?.controller?.postMessage({ kind: "forget" });
  await leave();
  client.clear();
  client.setQueryData(sessionQuery.queryKey, null);
}

/** The page where this caller's day begins. */
export function homeOf(session: Session): "/desk" | "/my-work" | "/portal" {
  if (session.kind === "person") return "/portal";
  const deskRoles = ["owner", "service_manager", "dispatcher"];
  if (session.roles.includes("engineer") && !session.roles.some((role) => deskRoles.includes(role))) return "/my-work";
  return "/desk";
}
