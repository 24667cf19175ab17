import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Member } from "../../src/modules/identity/api.ts";
import { get, type Page } from "../app/api.ts";

/** The provider's active people; a firm's staff fits one page. */
export const membersQuery = queryOptions({
  queryKey: ["identity", "members", "active"],
  queryFn: ({ signal }) => get<Page<Member>>("/members", { active: true, limit: 200 }, signal),
  select: (page) => page.items,
  staleTime: 5 * 60_000,
});

export function useMembers(): readonly Member[] {
  return useQuery(membersQuery).data ?? [];
}
