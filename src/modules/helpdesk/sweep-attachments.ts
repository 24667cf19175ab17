import type { BlobStore } from "../../platform/blob-store.ts";
import type { Database } from "../../platform/db.ts";
import { findKnownContents } from "./attachments.sql.ts";

const dayMs = 86_400_000;

/** Removes stored contents that no ticket names: uploads whose row was never written. Younger ones may still get theirs. */
export async function sweepAttachments(db: Database, blobs: BlobStore, tenantId: string): Promise<number> {
  let removed = 0;
  for await (const contents of blobs.listOlderThan(tenantId, dayMs)) {
    const known = new Set(await db.asTenant(tenantId, (tx) => findKnownContents(tx, contents)));
    for (const sha256 of contents.filter((each) => !known.has(each))) {
      await blobs.remove(tenantId, sha256);
      removed += 1;
    }
  }
  return removed;
}
