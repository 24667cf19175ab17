import { appendFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.MAINSTAY_SQL_LOG;
const seen = new Set<string>();

/** Under test, notes each distinct statement, so that the architecture checks read what really ran. */
export const recordStatement: ((text: string, tenantId: string) => void) | undefined = folder
  ? (text, tenantId) => {
      if (seen.has(text)) return;
      seen.add(text);
      const role = text.startsWith("/* sweep:") ? "sweep" : "app";
      appendFileSync(
        join(folder, `${process.pid}.jsonl`),
        `${JSON.stringify({ text, role, tenant: tenantId !== "" })}\n`,
      );
    }
  : undefined;
