/** News from `GET /api/v1/stream`: ids and states only; what changed is asked for again. */
export interface News {
  id: string;
  type: string;
  subject: { kind: string; id: string; version: number };
  data: Readonly<Record<string, unknown>>;
}

/** EventSource delivers a named event only to listeners of that name, so the names have to be known. */
export const newsTypes = [
  "helpdesk.ticket_opened", "helpdesk.ticket_changed", "helpdesk.ticket_assigned", "helpdesk.ticket_acknowledged",
  "helpdesk.ticket_departed", "helpdesk.ticket_arrived", "helpdesk.ticket_restored", "helpdesk.ticket_paused",
  "helpdesk.ticket_resumed", "helpdesk.ticket_resolved", "helpdesk.ticket_reopened", "helpdesk.ticket_closed",
  "helpdesk.ticket_cancelled", "helpdesk.ticket_replied", "helpdesk.ticket_noted", "helpdesk.work_logged",
  "helpdesk.attachment_added", "helpdesk.clock_breached", "helpdesk.notification_changed", "helpdesk.presence_changed",
  "helpdesk.escalated", "quality.ticket_rated",
]; // biome-ignore format: a list

export function readNews(text: string): News | undefined {
  try {
    return asNews(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function asNews(value: unknown): News | undefined {
  if (!isRecord(value) || !isRecord(value.subject)) return undefined;
  const { id, type, subject, data } = value;
  const { kind, id: subjectId, version } = value.subject;
  if (typeof type !== "string" || typeof kind !== "string" || typeof subjectId !== "string") return undefined;
  return {
    id: String(id),
    type,
    subject: { kind, id: subjectId, version: typeof version === "number" ? version : 0 },
    data: isRecord(data) ? data : {},
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
