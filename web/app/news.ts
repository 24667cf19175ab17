/** News from `GET /api/v1/stream`: ids and states only; what changed is asked for again. */
export interface News {
  id: string;
  type: string;
  subject: { kind: string; id: string; version: number };
  actorId: string | undefined;
}

export function readNews(text: string): News | undefined {
  try {
    return asNews(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function asNews(value: unknown): News | undefined {
  if (!isRecord(value) || !isRecord(value.subject)) return undefined;
  const { id, type, subject, actorId } = value;
  if (typeof type !== "string" || typeof subject.kind !== "string" || typeof subject.id !== "string") return undefined;
  return {
    id: String(id),
    type,
    subject: {
      kind: subject.kind,
      id: subject.id,
      version: typeof subject.version === "number" ? subject.version : 0,
    },
    actorId: typeof actorId === "string" ? actorId : undefined,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
