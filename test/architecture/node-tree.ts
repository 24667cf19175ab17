/** A node of PostgreSQL's own analysed query, as its catalogue keeps it (`pg_node_tree`, written by outfuncs.c). */
export interface TreeNode {
  tag: string;
  fields: Map<string, TreeValue[]>;
}

export type TreeValue = string | TreeNode | TreeValue[];

/** Reads the text of a `pg_node_tree`. @throws when it ends early */
export function readNodeTree(text: string): TreeValue {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[(){}]|(?:[^\s(){}\\]|\\.)+/g) ?? [];
  let at = 0;
  const next = (): string => {
    const token = tokens[at++];
    if (token === undefined) throw new Error("the node tree ends early");
    return token;
  };
  const read = (): TreeValue => {
    const token = next();
    if (token === "(") {
      const list: TreeValue[] = [];
      while (tokens[at] !== ")") list.push(read());
      at++;
      return list;
    }
    if (token !== "{") return token;
    const node: TreeNode = { tag: next(), fields: new Map() };
    let values: TreeValue[] = [];
    while (tokens[at] !== "}") {
      if (tokens[at]?.startsWith(":")) {
        values = [];
        node.fields.set(next().slice(1), values);
      } else values.push(read());
    }
    at++;
    return node;
  };
  return read();
}

export function isTreeNode(value: TreeValue | undefined): value is TreeNode {
  return typeof value === "object" && !Array.isArray(value);
}

/** Every node at or below `value`, parents first; `enter` may refuse to go below a node. */
export function* treeNodes(
  value: TreeValue | undefined,
  enter: (node: TreeNode) => boolean = () => true,
): Generator<TreeNode> {
  if (value === undefined || typeof value === "string") return;
  if (Array.isArray(value)) {
    for (const item of value) yield* treeNodes(item, enter);
    return;
  }
  yield value;
  if (!enter(value)) return;
  for (const field of value.fields.values()) yield* treeNodes(field, enter);
}

/** A field that holds one word, such as an object's number. */
export function word(node: TreeNode, field: string): string | undefined {
  const value = node.fields.get(field)?.[0];
  return typeof value === "string" ? value : undefined;
}
