import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { glob, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip as gzipCallback } from "node:zlib";

const brotli = promisify(brotliCompress);
const gzip = promisify(gzipCallback);

/** Whether `dist/web` holds what the sources would build. */
export async function isWebCurrent(root: string): Promise<boolean> {
  const target = join(root, "dist/web");
  return (
    existsSync(join(target, "index.html")) &&
    (await readOrNothing(join(target, ".hash"))) === (await hashOfSources(root))
  );
}

/**
 * Builds the web app into `dist/web` when its sources, or the lock file, differ from what was built there.
 * It is built beside and moved into place at the end, so a build that is killed leaves the last whole one standing.
 */
export async function buildWebIfChanged(root: string): Promise<{ built: boolean }> {
  const target = join(root, "dist/web");
  const hash = await hashOfSources(root);
  if (existsSync(join(target, "index.html")) && (await readOrNothing(join(target, ".hash"))) === hash)
    return { built: false };

  const [{ build }, { default: configuration }] = await Promise.all([import("vite"), import("./vite.config.ts")]);
  const fresh = join(root, `dist/web-${process.pid}`);
  try {
    await build({
      ...configuration,
      configFile: false,
      logLevel: "warn",
      build: { ...configuration.build, outDir: fresh },
    });
    await buildServiceWorker(root, fresh, hash);
    await compressFiles(fresh);
    await writeFile(join(fresh, ".hash"), hash);
    await replaceFolder(target, fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return { built: true };
}

/** The service worker is one classic script without imports: not every browser takes a module there. */
async function buildServiceWorker(root: string, out: string, version: string): Promise<void> {
  const { build } = await import("vite");
  await build({
    configFile: false,
    root: join(root, "web"),
    publicDir: false,
    logLevel: "warn",
    define: {
      shellVersion: JSON.stringify(version.slice(0, 12)),
      shellFiles: JSON.stringify(["/index.html", "/first-paint.js", ...(await startFiles(out))]),
    },
    build: {
      outDir: out,
      emptyOutDir: false,
      lib: { entry: "app/service-worker.ts", formats: ["iife"], name: "worker", fileName: () => "service-worker.js" },
    },
  });
}

interface ManifestEntry {
  file: string;
  css?: string[];
  imports?: string[];
}

/** What an engineer's phone needs to start without a network: the entry, the shell, the pages of the own work. */
async function startFiles(out: string): Promise<string[]> {
  const manifest: Record<string, ManifestEntry> = JSON.parse(await readFile(join(out, ".vite/manifest.json"), "utf8"));
  const entries = ["index.html", "app/shell/staff-shell.tsx", "helpdesk/my-work-page.tsx", "helpdesk/job-page.tsx"];
  const files = new Set<string>();
  const visit = (key: string) => {
    const entry = manifest[key];
    if (!entry || files.has(`/${entry.file}`)) return;
    files.add(`/${entry.file}`);
    for (const css of entry.css ?? []) files.add(`/${css}`);
    for (const each of entry.imports ?? []) visit(each);
  };
  for (const entry of entries) visit(entry);
  return [...files].toSorted();
}

async function hashOfSources(root: string): Promise<string> {
  const paths = ["package-lock.json"];
  for await (const path of glob("web/**/*", { cwd: root, withFileTypes: true })) {
    if (path.isFile()) paths.push(join(path.parentPath, path.name).slice(root.length + 1));
  }
  const hash = createHash("sha256");
  for (const path of paths.toSorted())
    hash
      .update(path)
      .update("\0")
      .update(await readFile(join(root, path)));
  return hash.digest("hex");
}

const compressible = /\.(js|css|html|svg|json|webmanifest)$/;

/** Compressed once when built, so that the server only reads. */
async function compressFiles(folder: string): Promise<void> {
  for await (const file of glob("**/*", { cwd: folder, withFileTypes: true })) {
    if (!file.isFile() || !compressible.test(file.name)) continue;
    const path = join(file.parentPath, file.name);
    const content = await readFile(path);
    if (content.length < 1024) continue;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } };
    await writeFile(`${path}.br`, await brotli(content, quality));
    await writeFile(`${path}.gz`, await gzip(content));
  }
}

async function readOrNothing(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}

async function replaceFolder(target: string, fresh: string): Promise<void> {
  const old = `${target}-old-${process.pid}`;
  await mkdir(join(target, ".."), { recursive: true });
  if (existsSync(target)) await rename(target, old);
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
}

if (import.meta.main) await buildWebIfChanged(join(import.meta.dirname, ".."));
