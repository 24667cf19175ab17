import assert from "node:assert/strict";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { makeTemporaryFolder } from "../../../test/temporary-folder.ts";
import { startTicketWorld } from "../../../test/ticket-world.ts";
import { openBlobStore } from "../../platform/blob-store.ts";
import { nowText, setClock } from "../../platform/clock.ts";
import { insertAttachment } from "./attachments.sql.ts";
import { sweepAttachments } from "./sweep-attachments.ts";

let served: Awaited<ReturnType<typeof startTicketWorld>>;

before(async () => {
  served = await startTicketWorld();
});

after(async () => {
  setClock(undefined);
  await served.world.end();
});

test("a stored content without a file's row is removed after a day; one with a row, or a young one, stays", async () => {
  const { world, provider, owner, open } = served;
  const { tenantId } = provider;
  const dataDir = makeTemporaryFolder("attachments");
  const blobs = openBlobStore({ dataDir, s3: undefined });
  const put = async (text: string) => (await blobs.put(tenantId, Readable.from([Buffer.from(text)]))).sha256;
  const [kept, orphan, young] = [await put("kept"), await put("orphan"), await put("young")];
  const { id: ticketId } = await open(owner);
  const file = { ticketId, name: "a.txt", mediaType: "text/plain", bytes: 4, internal: false, at: nowText() };
  await world.db.asTenant(tenantId, (tx) => insertAttachment(tx, owner.actor, { ...file, sha256: kept }));
  const yesterday = new Date(Date.now() - 2 * 86_400_000);
  for (const sha256 of [kept, orphan]) {
    await utimes(join(dataDir, "attachments", tenantId, sha256.slice(0, 2), sha256), yesterday, yesterday);
  }
  assert.equal(await sweepAttachments(world.db, blobs, tenantId), 1);
  assert.equal(await blobs.get(tenantId, orphan), undefined);
  for (const sha256 of [kept, young]) assert.ok(await blobs.get(tenantId, sha256));
});
