import { randomBytes } from "node:crypto";

/** A provider's name as it may stand in an address: `Müller & Söhne IT` → `muller-sohne-it`. */
export function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replaceAll(/[đĐ]/g, "d")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return plain.length >= 2 ? plain : `provider-${randomBytes(4).toString("hex")}`;
}

/** Another slug for the same name, when somebody was quicker. */
export function slugBeside(slug: string): string {
  return `${slug}-${randomBytes(2).toString("hex")}`;
}
