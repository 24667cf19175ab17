/** `90` → `1h 30m`. Days are not used: a working day has no fixed length. */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours}h` : "", rest > 0 || hours === 0 ? `${rest}m` : ""].filter(Boolean).join(" ");
}

/** Minutes in `1h 30m`, `4h`, `15m`, `1:30`, `90`, also with the words of our other languages; undefined when unreadable. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(trimmed);
  if (clock) return inRange(Number(clock[1]) * 60 + Number(clock[2]));
  if (/^\d{1,7}$/.test(trimmed)) return inRange(Number(trimmed));
  const match =
    /^(?:(\d{1,5}(?:[.,]\d)?)\s*(?:h|hours?|hr|小时|小時|时|時|giờ|g))?\s*(?:(\d{1,5})\s*(?:m|min|minutes?|分钟|分鐘|分|phút|ph))?$/.exec(
      trimmed,
    );
  if (!match || (match[1] === undefined && match[2] === undefined)) return undefined;
  return inRange(Math.round(Number((match[1] ?? "0").replace(",", ".")) * 60) + Number(match[2] ?? 0));
}

function inRange(minutes: number): number | undefined {
  return minutes >= 1 && minutes <= 1_000_000 ? minutes : undefined;
}
