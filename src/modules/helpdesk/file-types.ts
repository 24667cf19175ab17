import { Refusal } from "../../platform/refusal.ts";

interface FileType {
  mediaType: string;
  /** May be shown by a browser inside a page of ours. */
  inline: boolean;
}

const signatures: readonly { at: number; bytes: string; type: FileType }[] = [
  { at: 0, bytes: "ffd8ff", type: { mediaType: "image/jpeg", inline: true } },
  { at: 0, bytes: "89504e470d0a1a0a", type: { mediaType: "image/png", inline: true } },
  { at: 0, bytes: "47494638", type: { mediaType: "image/gif", inline: true } },
  { at: 8, bytes: "57454250", type: { mediaType: "image/webp", inline: true } },
  { at: 4, bytes: "6674797068656963", type: { mediaType: "image/heic", inline: false } },
  { at: 4, bytes: "6674797061766966", type: { mediaType: "image/avif", inline: true } },
  { at: 4, bytes: "66747970", type: { mediaType: "video/mp4", inline: true } },
  { at: 0, bytes: "1a45dfa3", type: { mediaType: "video/webm", inline: true } },
  { at: 0, bytes: "25504446", type: { mediaType: "application/pdf", inline: false } },
  { at: 0, bytes: "504b0304", type: { mediaType: "application/zip", inline: false } },
];
const executables = ["4d5a", "7f454c46", "cffaedfe", "cefaedfe", "feedfacf", "cafebabe"];
const officeTypes: Readonly<Record<string, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/**
 * What a file is, told by its content and not by what it calls itself. Text is text, whatever markup it holds; anything
 * unknown is only ever downloaded. Refuses programs, and pictures and PDFs that are none.
 */
export function fileType(name: string, declared: string, head: Buffer): FileType {
  const hex = head.subarray(0, 32).toString("hex");
  if (executables.some((magic) => hex.startsWith(magic))) {
    throw new Refusal(
      "unsupported",
      "file_type",
      "Programs are not accepted. Put it into an archive if it must be sent.",
    );
  }
  const known = signatures.find(({ at, bytes }) => hex.startsWith(bytes, at * 2))?.type;
  const claims = /^(image\/(?!svg)|application\/pdf)/.test(declared) || /\.(png|jpe?g|gif|webp|pdf)$/i.test(name);
  if (!known && claims) {
    throw new Refusal("unsupported", "file_content", "The content of this file is not what its name or type says.");
  }
  if (known?.mediaType === "application/zip") {
    const extension = name.toLowerCase().split(".").at(-1) ?? "";
    return { mediaType: officeTypes[extension] ?? "application/zip", inline: false };
  }
  if (known) return known;
  return { mediaType: isText(head) ? "text/plain; charset=utf-8" : "application/octet-stream", inline: false };
}

/** Whether a stored type may be shown in a page. */
export function isInline(mediaType: string): boolean {
  return signatures.some(({ type }) => type.inline && type.mediaType === mediaType);
}

/** A name that is safe to save under anywhere: no folders, no control characters, not too long. */
export function safeFileName(name: string): string {
  const base = name.normalize("NFC").split(/[\\/]/).at(-1) ?? "";
  const clean = base
    .replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "_")
    .replace(/^\.+/, "")
    .trim();
  return [...clean].slice(-150).join("") || "file";
}

function isText(head: Buffer): boolean {
  if (head.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head.subarray(0, Math.max(0, head.length - 3)));
    return true;
  } catch {
    return false;
  }
}
