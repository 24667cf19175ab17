import { execFileSync } from "node:child_process";
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { brotliDecompressSync, createBrotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";
import { temporaryParent } from "./temporary-folder.ts";

// The package's own defaults switch web security off; these leave the page in the same conditions as a visitor's.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--font-render-hinting=none",
];

/**
 * A headless Chromium: the one CHROMIUM_PATH names; else, on Linux x64, the one that came from npm, which needs nothing
 * of the system; elsewhere an installed one.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  if (named) return chromium.launch({ executablePath: named, args: flags });
  if (process.platform === "linux" && process.arch === "x64") {
    const folder = await unpackChromium();
    const environment = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return chromium.launch({
      executablePath: join(folder, "chromium"),
      args: flags,
      env: {
        ...Object.fromEntries(environment),
        LD_LIBRARY_PATH: [join(folder, "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
        FONTCONFIG_FILE: join(folder, "fonts.conf"),
      },
    });
  }
  const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
  return chromium.launch({ ...(installed ? { executablePath: installed } : { channel: "chrome" }), args: flags });
}

/** Unpacks once per version, aside and renamed: several test files may ask for it at the same moment. */
async function unpackChromium(): Promise<string> {
  const { packed, version } = findPackage();
  const name = `mainstay-chromium-${version}`;
  const places = [join(import.meta.dirname, "../node_modules/.cache", name), join(temporaryParent(), name)];
  const present = places.find((place) => existsSync(place));
  if (present) return present;
  const target = places.find((place) => isWritable(dirname(place))) ?? join(temporaryParent(), name);
  const aside = mkdtempSync(`${target}.`);
  try {
    await pipeline(
      createReadStream(join(packed, "chromium.br")),
      createBrotliDecompress({ chunkSize: 1024 * 1024 }),
      createWriteStream(join(aside, "chromium"), { mode: 0o755 }),
    );
    for (const archive of ["al2023.tar.br", "fonts.tar.br"]) {
      execFileSync("tar", ["-x", "-C", aside], { input: brotliDecompressSync(readFileSync(join(packed, archive))) });
    }
    // Only these fonts, so that a page looks the same on every machine; what it needs beyond them it has to bring.
    writeFileSync(
      join(aside, "fonts.conf"),
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(target, "fonts")}</dir><cachedir prefix="xdg">mainstay-fontconfig</cachedir></fontconfig>\n`,
    );
    chmodSync(aside, 0o755);
    renameSync(aside, target);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

function findPackage(): { packed: string; version: string } {
  let folder = dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium"));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const hasVersion = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return { packed: join(folder, "bin"), version: hasVersion ? String(manifest.version) : "unknown" };
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    rmSync(mkdtempSync(join(folder, "trial-")), { recursive: true });
    return true;
  } catch {
    return false;
  }
}
