import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { withVersion } from "../../platform/versions.ts";
import { isTicketVisible } from "../helpdesk/index.ts";
import {
  GiveRating,
  MemberQuality,
  PeriodQuery,
  Rating,
  RatingList,
  ServiceQuality,
  ServiceQualityQuery,
  TeamQuality,
} from "./api.ts";
import { getMemberQuality, getTeamQuality } from "./get-member-quality.ts";
import { getServiceQuality } from "./get-service-quality.ts";
import { giveRating } from "./give-rating.ts";
import { listRatings } from "./ratings.sql.ts";

const params = Type.Object({ id: Id });

async function isVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await isTicketVisible(tx, actor, id));
}

export function qualityRoutes(app: App): void {
  app.post(
    "/api/v1/tickets/:id/rating",
    {
      config: { permission: "ticket.rate", subject: isVisible },
      schema: {
        summary: "Rates the service on a solved ticket; 200 when it takes the place of one's earlier rating",
        params,
        body: GiveRating,
        response: { 200: Rating, 201: Rating },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { rating, isFirst } = await giveRating(tx, request.actor, request.params.id, request.body);
        reply.code(isFirst ? 201 : 200);
        return withVersion(reply, rating);
      }),
  );

  app.get(
    "/api/v1/tickets/:id/rating",
    {
      config: { permission: "ticket.read", subject: isVisible },
      schema: { summary: "Ratings of a ticket: all for staff, else one's own", params, response: { 200: RatingList } },
    },
    (request) =>
      request.asTenant(async (tx) => {
        const { actor, params } = request;
        const [isSeen, items] = await Promise.all([isVisible(tx, actor, params), listRatings(tx, actor, params.id)]);
        if (!isSeen) throw new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");
        return { items, next: null };
      }),
  );

  app.get(
    "/api/v1/members/:id/quality",
    {
      // The right depends on whose page it is; the use case asks for it.
      config: { permission: "signed_in" },
      schema: {
        summary: "An engineer's work, load, and what was said of it (`me`: one's own)",
        params: Type.Object({ id: Type.Union([Id, Type.Literal("me")]) }),
        querystring: PeriodQuery,
        response: { 200: MemberQuality },
      },
    },
    (request) => request.asTenant((tx) => getMemberQuality(tx, request.actor, request.params.id, request.query)),
  );

  app.get(
    "/api/v1/team-quality",
    {
      config: { permission: "quality.read" },
      schema: {
        summary: "The headline figures of every engineer",
        querystring: PeriodQuery,
        response: { 200: TeamQuality },
      },
    },
    (request) => request.asTenant((tx) => getTeamQuality(tx, request.query)),
  );

  app.get(
    "/api/v1/service-quality",
    {
      config: { permission: "report.read" },
      schema: {
        summary: "How good the service was: tickets, promises, ratings, by month and by site",
        querystring: ServiceQualityQuery,
        response: { 200: ServiceQuality },
      },
    },
    (request) => request.asTenant((tx) => getServiceQuality(tx, request.actor, request.query)),
  );
}
