import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import { instantText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { checkCalendarChoice } from "../calendars/index.ts";
import { Duty, DutyList, SaveDuty } from "./api-duties.ts";
import { findDuty, isStaffVisible, listDuties, saveDuty } from "./duties.sql.ts";

/** The hours in which members of staff can be sent, and their leave: routing and escalation ask them. */
export function dutyRoutes(app: App): void {
  app.get(
    "/api/v1/duties",
    {
      config: { permission: "rota.read" },
      schema: { summary: "When each member of staff can be sent or rung", response: { 200: DutyList } },
    },
    (request) => request.asTenant(async (tx) => ({ items: await listDuties(tx) })),
  );

  app.put(
    "/api/v1/duties/:staffId",
    {
      config: { permission: "rota.write", subject: isSeen },
      schema: {
        summary: "Sets someone's hours and leave",
        params: Type.Object({ staffId: Id }),
        body: SaveDuty,
        response: { 200: Duty },
      },
    },
    (request) =>
      request.asTenant(async (tx) => {
        const { staffId } = request.params;
        const { calendarId } = request.body;
        const awayFrom = exact(request.body.awayFrom);
        const awayUntil = exact(request.body.awayUntil);
        if (!(await isStaffVisible(tx, staffId))) throw unknownStaff();
        if (calendarId !== null) await checkCalendarChoice(tx, calendarId);
        if ((awayFrom === null) !== (awayUntil === null) || (awayFrom && awayUntil && awayUntil <= awayFrom)) {
          throw new Refusal("invalid", "leave_backwards", "A leave has a beginning and a later end.");
        }
        saveDuty(tx, staffId, { calendarId, awayFrom, awayUntil });
        record(tx, request.actor, "helpdesk.duty_changed", { kind: "rota", id: staffId, version: 0 }, { calendarId });
        const duty = await findDuty(tx, staffId);
        if (!duty) throw unknownStaff();
        return duty;
      }),
  );
}

function isSeen(tx: Tx, actor: Actor, { staffId = "" }: Record<string, string>): Promise<boolean> {
  return actor.kind === "staff" && isId(staffId) ? isStaffVisible(tx, staffId) : Promise.resolve(false);
}

function exact(moment: string | null | undefined): string | null {
  return moment ? instantText(Temporal.Instant.from(moment)) : null;
}

function unknownStaff(): Refusal {
  return new Refusal("not_found", "member_unknown", "That member of staff does not exist.");
}
