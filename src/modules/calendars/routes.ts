import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import {
  Calendar,
  CalendarChange,
  CalendarFilter,
  CalendarPage,
  HolidayCountries,
  HolidayFilter,
  Holidays,
  NewCalendar,
  Preview,
  PreviewFilter,
} from "./api.ts";
import { findCalendar, listCalendars } from "./calendars.sql.ts";
import { changeCalendar } from "./change-calendar.ts";
import { createCalendar } from "./create-calendar.ts";
import { getCalendar } from "./prepared-calendars.ts";
import { previewCalendar } from "./preview-calendar.ts";
import { holidayCountries, holidaysOf, isKnownPlace } from "./public-holidays.ts";

const params = Type.Object({ id: Id });

/** Calendars are the provider's own: nobody else sees any. */
async function isVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return actor.kind === "staff" && isId(id) && (await findCalendar(tx, id)) !== undefined;
}

/** Addresses of calendars and holidays. */
export function calendarRoutes(app: App): void {
  app.get(
    "/api/v1/calendars",
    {
      config: { permission: "calendar.read" },
      schema: { summary: "Business calendars, by name", querystring: CalendarFilter, response: { 200: CalendarPage } },
    },
    (request) => request.asTenant((tx) => listCalendars(tx, request.query)),
  );

  app.post(
    "/api/v1/calendars",
    {
      config: { permission: "calendar.write" },
      schema: { summary: "A new business calendar", body: NewCalendar, response: { 201: Calendar } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => withVersion(reply, await createCalendar(tx, request.actor, request.body)));
    },
  );

  app.get(
    "/api/v1/calendars/:id",
    {
      config: { permission: "calendar.read", subject: isVisible },
      schema: { summary: "One calendar with its special days", params, response: { 200: Calendar } },
    },
    (request, reply) => request.asTenant(async (tx) => withVersion(reply, await getCalendar(tx, request.params.id))),
  );

  app.patch(
    "/api/v1/calendars/:id",
    {
      config: { permission: "calendar.write", subject: isVisible },
      schema: {
        summary: "Change or archive a calendar; what is sent replaces the old whole",
        params,
        body: CalendarChange,
        response: { 200: Calendar },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await changeCalendar(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );

  app.get(
    "/api/v1/calendars/:id/preview",
    {
      config: { permission: "calendar.read", subject: isVisible },
      schema: {
        summary: "Each day's hours, and why",
        params,
        querystring: PreviewFilter,
        response: { 200: Preview },
      },
    },
    (request) =>
      request.asTenant(async (tx) =>
        previewCalendar(await getCalendar(tx, request.params.id), request.query, request.actor.locale),
      ),
  );

  app.get(
    "/api/v1/holidays",
    {
      config: { permission: "calendar.read" },
      schema: {
        summary: "What a country's feed of holidays holds, and which of them close a calendar",
        querystring: HolidayFilter,
        response: { 200: Holidays },
      },
    },
    async (request) => {
      const { country, region = null, year } = request.query;
      if (!isKnownPlace({ country, region })) {
        throw new Refusal("invalid", "no_holidays_known", "No holidays are known for this place.");
      }
      return { items: holidaysOf({ country, region }, year, request.actor.locale) };
    },
  );

  app.get(
    "/api/v1/holiday-countries",
    {
      config: { permission: "calendar.read" },
      schema: { summary: "Countries and regions whose holidays are known", response: { 200: HolidayCountries } },
    },
    async (request) => holidayCountries(request.actor.locale),
  );
}
