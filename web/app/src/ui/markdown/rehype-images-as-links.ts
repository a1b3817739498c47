import type { Root } from "hast";
import { visit } from "unist-util-visit";

/** Images of a model's choosing would tell a foreign server who reads what; a link only does so when it is followed. */
export function rehypeImagesAsLinks() {
  return (tree: Root) => {
    visit(tree, "element", (node) => {
      if (node.tagName !== "img") return;
      const { src, alt } = node.properties;
      node.tagName = "a";
      node.properties = { href: String(src ?? "") };
      node.children = [{ type: "text", value: String(alt || src || "") }];
    });
  };
}
