import { Refusal } from "../../platform/refusal.ts";
import type { Skill } from "./api.ts";

/** Refuses a skill that is named twice, be it in other letters. */
export function refuseDoubleSkills(skills: readonly Skill[]): void {
  const seen = new Set<string>();
  for (const { name } of skills) {
    const plain = name.trim().toLowerCase();
    if (seen.has(plain)) throw new Refusal("invalid", "skill_twice", `The skill "${name.trim()}" is named twice.`);
    seen.add(plain);
  }
}
