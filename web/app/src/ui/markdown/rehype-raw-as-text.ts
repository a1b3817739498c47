import type { Nodes, Parents, Root } from "hast";

/** HTML that stands in an answer is shown as the text it is, never rendered, and never silently dropped. */
export function rehypeRawAsText() {
  return (tree: Root) => show(tree);
}

function show(parent: Parents) {
  parent.children.forEach((child: Nodes, index) => {
    if (child.type === "raw") parent.children[index] = { type: "text", value: child.value };
    else if ("children" in child) show(child);
  });
}
