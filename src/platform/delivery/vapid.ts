import { createECDH, hkdfSync, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import path from "node:path";

export type VapidKeys = { publicKey: string; privateKey: string };

/**
 * The installation's VAPID keys (RFC 8292) from `<secrets folder>/vapid.json`, made on first use. Browsers tie their
 * subscriptions to the public key: with new keys every phone must subscribe again, so a damaged file is an error and
 * never replaced.
 */
export async function loadVapidKeys(secretsFolder: string): Promise<VapidKeys> {
  const file = path.join(secretsFolder, "vapid.json");
  const known = await readKeys(file);
  if (known) return known;
  await mkdir(secretsFolder, { recursive: true, mode: 0o700 });
  const draft = path.join(secretsFolder, `.vapid-${randomUUID()}`);
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(generateVapidKeys())}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link appears whole and never over an existing file: of two servers starting at once, one wins and both agree.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readKeys(file);
  if (!made) throw new Error(`The VAPID keys in ${file} vanished while they were made.`);
  return made;
}

/** The same keys on every server that has the same secret (`MAINSTAY_SECRET`), without a shared folder. */
export function deriveVapidKeys(secret: string): VapidKeys {
  // 48 bytes reduced modulo the order are uniform to 2^-128 (FIPS 186-5 A.2.1).
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const material = Buffer.from(hkdfSync("sha256", secret, "", "mainstay vapid key", 48));
  const scalar = (BigInt(`0x${material.toString("hex")}`) % (order - 1n)) + 1n;
  return keysOf(Buffer.from(scalar.toString(16).padStart(64, "0"), "hex"));
}

export function generateVapidKeys(): VapidKeys {
  const curve = createECDH("prime256v1");
  curve.generateKeys();
  // Leading zero bytes are dropped by getPrivateKey; web-push demands 32.
  const scalar = curve.getPrivateKey();
  return keysOf(Buffer.concat([Buffer.alloc(32 - scalar.length), scalar]));
}

function keysOf(scalar: Buffer): VapidKeys {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(scalar);
  return { publicKey: curve.getPublicKey().toString("base64url"), privateKey: scalar.toString("base64url") };
}

async function readKeys(file: string): Promise<VapidKeys | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const privateKey = /"privateKey"\s*:\s*"([A-Za-z0-9_-]{43})"/.exec(text)?.[1];
  const publicKey = /"publicKey"\s*:\s*"([A-Za-z0-9_-]{87})"/.exec(text)?.[1];
  if (!privateKey || !publicKey || keysOf(Buffer.from(privateKey, "base64url")).publicKey !== publicKey) {
    throw new Error(
      `${file} does not hold VAPID keys. Restore it from a backup, or remove it and let every phone subscribe again.`,
    );
  }
  return { publicKey, privateKey };
}
