import { type RefObject, useEffect } from "react";
import { occurrences } from "./find-passages.ts";

const name = "found";

/**
 * Marks words wherever they stand inside an element, without touching it: Markdown is rendered by somebody else, and may come late.
 * Browsers that cannot do that show the passages found without marks.
 */
export function useMarkedText(element: RefObject<HTMLElement | null>, sought: string, shown: number): void {
  useEffect(() => {
    const root = element.current;
    if (root === null || sought === "" || shown === 0 || !("highlights" in CSS)) return undefined;
    const mark = () => CSS.highlights.set(name, new Highlight(...rangesOf(root, sought)));
    const watch = new MutationObserver(mark);
    watch.observe(root, { childList: true, subtree: true, characterData: true });
    mark();
    return () => {
      watch.disconnect();
      CSS.highlights.delete(name);
    };
  }, [element, sought, shown]);
}

function rangesOf(root: Node, sought: string): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    for (const { start, end } of occurrences(node.nodeValue ?? "", sought)) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
  }
  return ranges;
}
