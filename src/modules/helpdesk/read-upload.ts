import type { FastifyRequest } from "fastify";
import type { StoredBlob } from "../../platform/blob-store.ts";
import { Refusal } from "../../platform/refusal.ts";

export interface Upload {
  name: string;
  declaredType: string;
  stored: StoredBlob;
  /** Whether the form asked to hide it from the customer. */
  internal: boolean;
}

/**
 * Reads a form with one file to its end: a field counts whether it stands before the file or after it, and a second file
 * is refused rather than dropped.
 * @param store keeps the content as it comes
 */
export async function readUpload(
  request: FastifyRequest,
  store: (content: NodeJS.ReadableStream) => Promise<StoredBlob>,
): Promise<Upload> {
  let file: Omit<Upload, "internal"> | undefined;
  let internal = false;
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        if (part.fieldname === "internal") internal = String(part.value) === "true";
        continue;
      }
      const stored = await store(part.file);
      if (part.file.truncated) throw new Refusal("too_large", "file_too_large", "The file is larger than 25 MiB.");
      file = { name: part.filename, declaredType: part.mimetype, stored };
    }
  } catch (error) {
    throw isBrokenForm(error)
      ? new Refusal("malformed", "form_broken", "The form is broken, or was cut off on its way. Send it again.")
      : error;
  }
  if (!file) throw new Refusal("malformed", "file_missing", "Send the file as multipart field `file`.");
  if (file.stored.bytes === 0) throw new Refusal("invalid", "file_empty", "The file is empty.");
  return { ...file, internal };
}

/** The parser of forms tells what is wrong with one in words alone. */
function isBrokenForm(error: unknown): boolean {
  return error instanceof Error && /^(?:Multipart: |Unexpected end of multipart data)/.test(error.message);
}
