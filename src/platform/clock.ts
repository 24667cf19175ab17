let frozen: Temporal.Instant | undefined;

/** The present instant, in milliseconds. The one place where the product asks what time it is, so that a test can set it. */
export function now(): Temporal.Instant {
  return frozen ?? Temporal.Instant.fromEpochMilliseconds(Date.now());
}

/** The present instant as rows and JSON carry it: RFC 3339, UTC, milliseconds. */
export function nowText(): string {
  return instantText(now());
}

/** @param instant any instant, or milliseconds since the epoch */
export function instantText(instant: Temporal.Instant | number): string {
  return new Date(typeof instant === "number" ? instant : instant.epochMilliseconds).toISOString();
}

/** For tests: stops the product's clock at an instant, or lets it run again. */
export function setClock(instant: string | undefined): void {
  frozen = instant === undefined ? undefined : Temporal.Instant.from(instant);
}
