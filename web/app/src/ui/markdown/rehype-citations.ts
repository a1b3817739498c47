import type { Element, ElementContent, Root } from "hast";
import { SKIP, visit } from "unist-util-visit";

const marker = /\[(\d{1,3})\]/g;

/**
 * Turns `[1]` in running text into `<cite data-index="1">`. Runs after sanitizing, so that a model cannot write such an
 * element itself, and leaves code and links alone. Numbers without a
 * citation stay text, unless the citations are not known yet.
 */
export function rehypeCitations(options: { known: ReadonlySet<number> | "any" }) {
  return (tree: Root) => {
    visit(tree, (node, index, parent) => {
      if (node.type === "element" && ["code", "pre", "a"].includes(node.tagName)) return SKIP;
      if (node.type !== "text" || index === undefined || parent === undefined) return undefined;
      const parts = cut(node.value, options.known);
      if (parts.length === 1) return undefined;
      parent.children.splice(index, 1, ...parts);
      return index + parts.length;
    });
  };
}

function cut(text: string, known: ReadonlySet<number> | "any"): ElementContent[] {
  const parts: ElementContent[] = [];
  let rest = 0;
  for (const match of text.matchAll(marker)) {
    const number = Number(match[1]);
    if (known !== "any" && !known.has(number)) continue;
    if (match.index > rest) parts.push({ type: "text", value: text.slice(rest, match.index) });
    parts.push(cite(number));
    rest = match.index + match[0].length;
  }
  if (rest < text.length || parts.length === 0) parts.push({ type: "text", value: text.slice(rest) });
  // A single chip must still replace its text node.
  return parts.length === 1 && parts[0]?.type === "element" ? [...parts, { type: "text", value: "" }] : parts;
}

function cite(number: number): Element {
  return { type: "element", tagName: "cite", properties: { dataIndex: number }, children: [] };
}
