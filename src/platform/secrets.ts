import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { CannotStart } from "./cannot-start.ts";
import type { Config } from "./config.ts";

const keyBytes = 32;

/**
 * A key of this installation for one purpose: derived from `MAINSTAY_SECRET`, or made once and kept in
 * `<data>/secrets/<name>`, readable by its owner only. Processes that start together get the same one.
 */
export async function loadSecret(config: Pick<Config, "secret" | "dataDir">, name: string): Promise<Buffer> {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`not a name of a secret: ${name}`);
  if (config.secret) return Buffer.from(hkdfSync("sha256", config.secret, "mainstay", name, keyBytes));
  const folder = join(config.dataDir, "secrets");
  const path = join(folder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return (await readKey(path)) ?? (await makeKey(folder, path));
}

async function readKey(path: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (isErrorWithCode(error, "ENOENT")) return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), "base64url");
  if (key.length !== keyBytes) throw new CannotStart(`${path} does not hold a key. Restore it from a backup.`);
  return key;
}

/** Written whole under another name, then linked: a second process that is as early finds the first one's. */
async function makeKey(folder: string, path: string): Promise<Buffer> {
  const draft = join(folder, `.draft-${randomBytes(8).toString("hex")}`);
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(`${randomBytes(keyBytes).toString("base64url")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (!isErrorWithCode(error, "EEXIST")) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const key = await readKey(path);
  if (!key) throw new Error(`${path} vanished while it was made`);
  return key;
}

function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/**
 * Encrypts text for storage (AES-256-GCM).
 * @param context what the text belongs to; the same must be given to decrypt, so that a value cannot be moved elsewhere
 */
export function encrypt(key: Buffer, text: string, context = ""): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** The text that `encrypt` was given. Throws when key or context is another, or the value was tampered with. */
export function decrypt(key: Buffer, sealed: string, context = ""): string {
  const [version, body] = sealed.split(".");
  if (version !== "v1" || body === undefined) throw new Error("not a value that was encrypted here");
  const bytes = Buffer.from(body, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}
