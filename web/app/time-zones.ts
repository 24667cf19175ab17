/** Browsers still list some cities under names that these cities left behind; servers and people use the present ones. */
const renamed: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Truk": "Pacific/Chuuk",
};

export function ownTimeZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return renamed[zone] ?? zone;
}

/** Every zone to choose from, with the one that is set even if this browser does not list it. */
export function timeZones(current?: string): string[] {
  const zones = new Set(Intl.supportedValuesOf("timeZone").map((zone) => renamed[zone] ?? zone));
  zones.add("UTC");
  if (current) zones.add(current);
  return [...zones].toSorted();
}
