import { queryOptions } from "@tanstack/react-query";
import type { Customer, Site } from "../../src/modules/customers/api.ts";
import { get, type Page } from "../app/api.ts";

/** For pickers: the first two hundred by name. Lists with more are searched. */
export const customersQuery = queryOptions({
  queryKey: ["customers", "customers", "picker"],
  queryFn: ({ signal }) => get<Page<Customer>>("/customers", { limit: 200 }, signal),
  select: ({ items }) => items,
  staleTime: 5 * 60_000,
});

export const siteQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", "site", id],
    queryFn: ({ signal }) => get<Site>(`/sites/${id}`, {}, signal),
    staleTime: 5 * 60_000,
  });
