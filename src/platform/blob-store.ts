import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AwsClient } from "aws4fetch";
import type { Config } from "./config.ts";

/** A stored content: where it lies follows from its hash, so the same file is kept once per tenant. */
export interface StoredBlob {
  sha256: string;
  bytes: number;
  /** The first bytes, to tell what it is. */
  head: Buffer;
}

/** Files of tenants, content-addressed: the data folder or an S3-compatible store. A file is there before its row. */
export interface BlobStore {
  put(tenantId: string, content: NodeJS.ReadableStream): Promise<StoredBlob>;
  /** Undefined when there is no such content. */
  get(tenantId: string, sha256: string): Promise<NodeJS.ReadableStream | undefined>;
  remove(tenantId: string, sha256: string): Promise<void>;
  /** Hashes of a tenant's contents that were stored at least so long ago, some at a time. An S3 store tidies itself by its own rules. */
  listOlderThan(tenantId: string, milliseconds: number): AsyncIterable<string[]>;
}

const headLength = 4100;

export function openBlobStore(config: Pick<Config, "dataDir" | "s3">): BlobStore {
  const root = join(config.dataDir, "attachments");
  return config.s3 ? s3Store(config.s3, root) : folderStore(root);
}

function folderStore(root: string): BlobStore {
  const pathOf = (tenantId: string, sha256: string) => join(root, tenantId, sha256.slice(0, 2), sha256);
  return {
    async put(tenantId, content) {
      const { blob, file } = await spool(root, content);
      const path = pathOf(tenantId, blob.sha256);
      await mkdir(dirname(path), { recursive: true });
      // Stored again, it is young again: the sweep does not take it from under its new row.
      await rename(file, path);
      return blob;
    },
    async get(tenantId, sha256) {
      const path = pathOf(tenantId, sha256);
      const known = await stat(path).catch(() => undefined);
      return known ? createReadStream(path) : undefined;
    },
    async remove(tenantId, sha256) {
      await rm(pathOf(tenantId, sha256), { force: true });
    },
    async *listOlderThan(tenantId, milliseconds) {
      const folder = join(root, tenantId);
      for (const part of await readdir(folder).catch(() => [])) {
        const old: string[] = [];
        for (const name of await readdir(join(folder, part))) {
          const known = await stat(join(folder, part, name)).catch(() => undefined);
          if (known && Date.now() - known.mtimeMs >= milliseconds) old.push(name);
        }
        if (old.length > 0) yield old;
      }
    },
  };
}

function s3Store(s3: NonNullable<Config["s3"]>, root: string): BlobStore {
  const client = new AwsClient({ ...s3, service: "s3" });
  const urlOf = (tenantId: string, sha256: string) =>
    `${s3.endpoint.replace(/\/$/, "")}/${s3.bucket}/${tenantId}/${sha256}`;
  return {
    async put(tenantId, content) {
      const { blob, file } = await spool(root, content);
      try {
        const handle = await open(file);
        const body = await handle.readFile().finally(() => handle.close());
        const answer = await client.fetch(urlOf(tenantId, blob.sha256), {
          method: "PUT",
          body: new Uint8Array(body),
          headers: { "x-amz-content-sha256": blob.sha256 },
        });
        if (!answer.ok) throw new Error(`the object store answered ${answer.status} to PUT`);
      } finally {
        await rm(file, { force: true });
      }
      return blob;
    },
    async get(tenantId, sha256) {
      const answer = await client.fetch(urlOf(tenantId, sha256));
      if (answer.status === 404) return undefined;
      if (!answer.ok || !answer.body) throw new Error(`the object store answered ${answer.status} to GET`);
      const { Readable } = await import("node:stream");
      return Readable.from(answer.body as AsyncIterable<Uint8Array>);
    },
    async remove(tenantId, sha256) {
      const answer = await client.fetch(urlOf(tenantId, sha256), { method: "DELETE" });
      if (!answer.ok && answer.status !== 404) throw new Error(`the object store answered ${answer.status} to DELETE`);
    },
    async *listOlderThan() {},
  };
}

/** Writes to a temporary file, flushed to disk, while hashing. A failed or cut-off upload leaves nothing. */
async function spool(root: string, content: NodeJS.ReadableStream): Promise<{ blob: StoredBlob; file: string }> {
  const folder = join(root, "incoming");
  await mkdir(folder, { recursive: true });
  const file = join(folder, randomUUID());
  const hash = createHash("sha256");
  const head: Buffer[] = [];
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      if (bytes < headLength) head.push(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(content, meter, createWriteStream(file, { flush: true }));
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { blob: { sha256: hash.digest("hex"), bytes, head: Buffer.concat(head).subarray(0, headLength) }, file };
}

/** Removes uploads that a crash left behind. */
export async function sweepIncoming(config: Pick<Config, "dataDir">, olderThanMs = 3_600_000): Promise<void> {
  const folder = join(config.dataDir, "attachments", "incoming");
  for (const name of await readdir(folder).catch(() => [])) {
    const known = await stat(join(folder, name)).catch(() => undefined);
    if (known && Date.now() - known.mtimeMs > olderThanMs) await rm(join(folder, name), { force: true });
  }
}
