import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { argumentsOf, listOf, nodeOf, nodesBelow, parseSource, type SourceNode, textOf } from "./source-tree.ts";

const lineLimit = 300;
const vagueNames = new Set(["utils", "util", "helpers", "helper", "common", "manager", "misc", "service"]);
const vagueEnding = /(?:^|[-.])(?:utils?|helpers?|manager)$|(?:^|\.)service$/;

/** Hosts that packages come from: a lock file or a script that names one ties everyone to it. */
const registryHost =
  /\b(?:registry\.[a-z0-9-]+\.[a-z]{2,}|[a-z0-9-]+\.pkg\.(?:github\.com|dev)|npmmirror\.com|jfrog\.io)\b/;
/** Folders of one person's or one machine's own. */
const machinePath =
  /(?:^|[\s"'`(=:])(?:\/(?:home|Users)\/[a-z][\w.-]*\/|\/root\/\w|\/work\/(?:main|shared)\b|[A-Z]:\\\\?Users\\)/;
const unfinished = /\b(?:TODO|FIXME|XXX|HACK)\b/;
const silenced = /@ts-(?:ignore|nocheck)|biome-ignore-all/;

/** The files under version control. */
export function trackedFiles(root: string): string[] {
  const listed = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
  return listed
    .split("\0")
    .filter((path) => path !== "" && statSync(join(root, path), { throwIfNoEntry: false })?.isFile());
}

/** The rules of style that the formatter cannot see. */
export function checkStyle(root: string, files: readonly string[]): string[] {
  return files.flatMap((path) => {
    const bytes = readFileSync(join(root, path));
    if (bytes.includes(0) || ownFile.test(path)) return [];
    const text = bytes.toString("utf8");
    return [...checkName(path), ...checkLines(path, text), ...(isCode(path) ? checkCode(path, text) : [])];
  });
}

const isCode = (path: string) => /\.(?:ts|tsx|mjs)$/.test(path);
const isProse = (path: string) => /\.(?:md|txt|json)$/.test(path);
/** The rules themselves and what is planted for them. */
const ownFile = /^test\/architecture\/style-rules(?:\.test)?\.ts$/;

function checkName(path: string): string[] {
  if (!isCode(path)) return [];
  const name = basename(path).replace(/(?:\.(?:d|test|sql|tsx?|mjs))+$/, "");
  if (vagueEnding.test(name)) return [`${path}: a name that says nothing; name what it does`];
  const folder = path
    .split("/")
    .slice(0, -1)
    .find((each) => vagueNames.has(each));
  if (vagueNames.has(name) || folder) return [`${path}: a name that says nothing; name what it does`];
  if (!/^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(name)) return [`${path}: names are written in kebab-case`];
  return [];
}

function checkLines(path: string, text: string): string[] {
  const violations: string[] = [];
  const lines = text.split("\n");
  if (/^(?:src|web)\/.*\.tsx?$/.test(path) && lines.length - 1 > lineLimit) {
    violations.push(`${path}: ${lines.length - 1} lines; split it at ${lineLimit}`);
  }
  lines.forEach((line, index) => {
    const place = `${path}:${index + 1}`;
    if (registryHost.test(line)) violations.push(`${place}: names a package registry`);
    if (machinePath.test(line)) violations.push(`${place}: names a folder of one machine`);
    if (unfinished.test(line) && !isProse(path)) violations.push(`${place}: unfinished`);
    if (silenced.test(line) && isCode(path)) violations.push(`${place}: silences a check`);
    if (path === "package-lock.json" && /^\s*"resolved": "https?:/.test(line))
      violations.push(`${place}: "resolved" names a host`);
  });
  return violations;
}

function checkCode(path: string, text: string): string[] {
  const source = parseSource(path, text);
  return [...nodesBelow(source.body)].flatMap((node) => {
    const fault = faultOf(node);
    return fault ? [`${path}:${source.lineOf(node)}: ${fault}`] : [];
  });
}

function faultOf(node: SourceNode): string | undefined {
  if (node.type === "TsKeywordType" && node.kind === "any") return "any";
  if (node.type === "TsEnumDeclaration") return "an enum";
  return node.type === "CallExpression" && leavesTestsOut(node) ? "a test that does not run" : undefined;
}

const testNames = new Set(["test", "it", "describe", "suite"]);
const leftOut = new Set(["skip", "only", "todo"]);

/** `test.skip(…)`, `it.only(…)`, `test("…", { skip: … }, …)`, `context.skip()` inside a test */
function leavesTestsOut(call: SourceNode): boolean {
  const callee = nodeOf(call, "callee");
  const object = textOf(nodeOf(callee, "object"), "value") ?? "";
  const property = textOf(nodeOf(callee, "property"), "value") ?? "";
  if ((testNames.has(object) || object === "context") && leftOut.has(property)) return true;
  if (!testNames.has(textOf(callee, "value") ?? "")) return false;
  return argumentsOf(call).some((argument) =>
    listOf(argument, "properties").some((member) => leftOut.has(textOf(nodeOf(member, "key"), "value") ?? "")),
  );
}
