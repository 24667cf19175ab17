import { queryOptions } from "@tanstack/react-query";
import type { ContactPoint } from "../../src/modules/helpdesk/api.ts";
import { get } from "../app/api.ts";

export const contactPointsQuery = queryOptions({
  queryKey: ["helpdesk", "contact-points"],
  queryFn: ({ signal }) => get<{ items: ContactPoint[] }>("/contact-points", {}, signal),
  select: ({ items }) => items,
});
