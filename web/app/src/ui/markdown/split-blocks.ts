/** A piece of Markdown that can be rendered without its neighbours, at the place where it begins in the whole text. */
export interface MarkdownBlock {
  offset: number;
  text: string;
}

const fenceStart = /^ {0,3}(`{3,}|~{3,})/;
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
const continuation = /^(?: {2,}|\t)/;

/**
 * Splits a growing Markdown text into blocks. Given the text of the frame before and what was added, only the last
 * block is looked at again: rendering an answer of n characters costs n, not n².
 */
export class BlockSplitter {
  #text = "";
  #blocks: readonly MarkdownBlock[] = [];

  split(text: string): readonly MarkdownBlock[] {
    if (text === this.#text) return this.#blocks;
    const grown = text.startsWith(this.#text);
    const settled = grown ? this.#blocks.slice(0, -1) : [];
    const from = grown ? (this.#blocks.at(-1)?.offset ?? 0) : 0;
    this.#text = text;
    this.#blocks = [...settled, ...scan(text, from)];
    return this.#blocks;
  }
}

/** Cuts at blank lines, but never inside a code fence, and never between the items of one list. */
function scan(text: string, from: number): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let start = from;
  let fence: string | undefined;
  let isList = false;
  let afterBlank = false;
  let isEmpty = true;
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const isBlank = line.trim() === "";
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
    } else {
      const isItem = listItem.test(line);
      const belongs = continuation.test(line) || (isList && isItem);
      if (afterBlank && !isBlank && !isEmpty && !belongs) {
        blocks.push({ offset: start, text: text.slice(start, at) });
        start = at;
        isEmpty = true;
      }
      if (isEmpty && !isBlank) isList = isItem;
      fence = fenceStart.exec(line)?.[1];
    }
    if (!isBlank) isEmpty = false;
    afterBlank = isBlank;
    at = end + 1;
  }
  if (start < text.length) blocks.push({ offset: start, text: text.slice(start) });
  return blocks;
}

function closesFence(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === fence.charAt(0).repeat(trimmed.length);
}
