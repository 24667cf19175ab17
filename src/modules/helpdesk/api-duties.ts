import { type Static, Type } from "typebox";
import { Id, orNull } from "../../platform/fields.ts";

/** When a member of staff can be sent or rung: a calendar (null: at every hour), and a leave. */
export const Duty = Type.Object({
  staffId: Id,
  name: Type.String(),
  calendarId: orNull(Id),
  awayFrom: orNull(Type.String()),
  awayUntil: orNull(Type.String()),
});
export type Duty = Static<typeof Duty>;
export const DutyList = Type.Object({ items: Type.Array(Duty) });

const moment = Type.String({ format: "date-time" });
export const SaveDuty = Type.Object(
  { calendarId: orNull(Id), awayFrom: Type.Optional(orNull(moment)), awayUntil: Type.Optional(orNull(moment)) },
  { additionalProperties: false },
);
export type SaveDuty = Static<typeof SaveDuty>;
