import { readFileSync } from "node:fs";
import { parseSync } from "@swc/core";

/** A node of the syntax tree as the parser gives it: a type, a place, and members that differ by type. */
export interface SourceNode {
  readonly type: string;
  readonly span?: { readonly start: number; readonly end: number };
  readonly [member: string]: unknown;
}

export interface Source {
  readonly path: string;
  readonly body: SourceNode;
  lineOf(node: SourceNode): number;
}

export function isNode(value: unknown): value is SourceNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Reads a TypeScript file. @throws when it does not parse */
export function parseSource(path: string, text = readFileSync(path, "utf8")): Source {
  const body: unknown = parseSync(text, { syntax: "typescript", tsx: path.endsWith(".tsx"), target: "esnext" });
  if (!isNode(body)) throw new Error(`${path}: the parser gave no module`);
  const bytes = Buffer.from(text, "utf8");
  return {
    path,
    body,
    lineOf(node) {
      // The parser counts bytes from 1.
      const until = bytes.subarray(0, (node.span?.start ?? 1) - 1);
      return until.reduce((lines, byte) => (byte === 10 ? lines + 1 : lines), 1);
    },
  };
}

/** Every node below `value`, parents first. */
export function* nodesBelow(value: unknown): Generator<SourceNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesBelow(item);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (isNode(value)) yield value;
  for (const member of Object.values(value)) if (typeof member === "object") yield* nodesBelow(member);
}

/** The arguments of a call. */
export function argumentsOf(call: SourceNode): SourceNode[] {
  const list = Array.isArray(call.arguments) ? call.arguments : [];
  return list.flatMap((item: { expression?: unknown }) => (isNode(item.expression) ? [item.expression] : []));
}

export function textOf(node: SourceNode | undefined, member: string): string | undefined {
  const value = node?.[member];
  return typeof value === "string" ? value : undefined;
}

export function nodeOf(node: SourceNode | undefined, member: string): SourceNode | undefined {
  const value = node?.[member];
  return isNode(value) ? value : undefined;
}

export function listOf(node: SourceNode | undefined, member: string): SourceNode[] {
  const value = node?.[member];
  return Array.isArray(value) ? value.filter(isNode) : [];
}
