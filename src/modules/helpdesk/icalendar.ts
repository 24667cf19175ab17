import type { Static } from "typebox";
import type { FeedTicket } from "./feed.sql.ts";

/**
 * Work as iCalendar (RFC 5545): an event for each ticket, from when it was given to its engineer until it is due; an hour
 * when nothing is promised.
 * @param host the part of the events' names behind the @
 */
export function icalendar(
  tickets: readonly Static<typeof FeedTicket>[],
  page: { name: string; publicUrl: string; host: string },
): string {
  const events = tickets.flatMap((ticket) => {
    const start = Temporal.Instant.from(ticket.startsAt);
    const due = ticket.dueAt === null ? undefined : Temporal.Instant.from(ticket.dueAt);
    const end = due && Temporal.Instant.compare(due, start) > 0 ? due : start.add({ hours: 1 });
    return [
      "BEGIN:VEVENT",
      `UID:${ticket.id}@${page.host}`,
      `SEQUENCE:${ticket.version}`,
      `DTSTAMP:${stamp(Temporal.Instant.from(ticket.updatedAt))}`,
      `DTSTART:${stamp(start)}`,
      `DTEND:${stamp(end)}`,
      `SUMMARY:${escaped(`${ticket.number} ${ticket.subject}`)}`,
      `LOCATION:${escaped([ticket.siteName, ticket.address].filter(Boolean).join(", "))}`,
      `DESCRIPTION:${escaped(`${ticket.customerName} · ${ticket.priority}`)}`,
      `URL:${page.publicUrl}/desk/${ticket.id}`,
      `PRIORITY:${{ p1: 1, p2: 3, p3: 5 }[ticket.priority] ?? 9}`,
      `STATUS:${ticket.state === "cancelled" ? "CANCELLED" : "CONFIRMED"}`,
      "END:VEVENT",
    ];
  });
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mainstay//Work//EN", "METHOD:PUBLISH"];
  const lines = [...head, `X-WR-CALNAME:${escaped(page.name)}`, "REFRESH-INTERVAL;VALUE=DURATION:PT15M", ...events];
  return [...lines, "END:VCALENDAR"].map((line) => `${folded(line)}\r\n`).join("");
}

function stamp(instant: Temporal.Instant): string {
  return `${instant.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "")}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r?\n/g, "\\n");
}

/** Lines of at most 75 bytes, never cut inside a character. */
function folded(line: string): string {
  let bytes = 0;
  let text = "";
  for (const character of line) {
    const length = Buffer.byteLength(character);
    if (bytes + length > 74) {
      text += "\r\n ";
      bytes = 1;
    }
    text += character;
    bytes += length;
  }
  return text;
}
