import { queryOptions } from "@tanstack/react-query";
import type { Static } from "typebox";
import type { Duty, Escalation, Rota, Shifts } from "../../src/modules/helpdesk/api.ts";
import { get } from "../app/api.ts";

export type RotaRow = Static<typeof Rota>;
export type EscalationRow = Static<typeof Escalation>;

export const rotasQuery = queryOptions({
  queryKey: ["helpdesk", "rotas"],
  queryFn: ({ signal }) => get<{ items: RotaRow[] }>("/rotas", {}, signal),
  select: ({ items }) => items,
});

export const shiftsQuery = (id: string, from: string, to: string) =>
  queryOptions({
    queryKey: ["helpdesk", "rotas", id, "shifts", from, to],
    queryFn: ({ signal }) => get<Static<typeof Shifts>>(`/rotas/${id}/shifts`, { from, to }, signal),
    select: ({ items }) => items,
  });

export const escalationQuery = queryOptions({
  queryKey: ["helpdesk", "escalation"],
  queryFn: ({ signal }) => get<EscalationRow>("/escalation", {}, signal),
});

export const dutiesQuery = queryOptions({
  queryKey: ["helpdesk", "duties"],
  queryFn: ({ signal }) => get<{ items: Duty[] }>("/duties", {}, signal),
  select: ({ items }) => items,
});
