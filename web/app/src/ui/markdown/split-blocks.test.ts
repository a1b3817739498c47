import { describe, expect, it } from "vitest";
import { BlockSplitter } from "./split-blocks.ts";

const answer = `# Title

A paragraph
on two lines.

- one

- two

  still two

Then code:

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

End.`;

function texts(text: string) {
  return new BlockSplitter().split(text).map((block) => block.text.trim());
}

describe("splitting Markdown into blocks", () => {
  it("cuts between paragraphs, lists, code and tables", () => {
    expect(texts(answer)).toEqual([
      "# Title",
      "A paragraph\non two lines.",
      "- one\n\n- two\n\n  still two",
      "Then code:",
      "```ts\nconst a = 1;\n\nconst b = 2;\n```",
      "| a | b |\n|---|---|\n| 1 | 2 |",
      "End.",
    ]);
  });

  it("loses nothing", () => {
    const joined = new BlockSplitter().split(answer).map((block) => block.text);
    expect(joined.join("")).toBe(answer);
  });

  it("gives the same for a text that grows as for the whole of it", () => {
    const growing = new BlockSplitter();
    for (let length = 1; length <= answer.length; length += 1) {
      const text = answer.slice(0, length);
      expect(growing.split(text)).toEqual(new BlockSplitter().split(text));
    }
  });

  it("leaves the settled blocks untouched while the last one grows", () => {
    const splitter = new BlockSplitter();
    const before = splitter.split("One.\n\nTwo.\n\nThr");
    const after = splitter.split("One.\n\nTwo.\n\nThree.");
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  it("starts anew when the text was replaced", () => {
    const splitter = new BlockSplitter();
    splitter.split("Something long.\n\nAnd more.");
    expect(splitter.split("Other.").map((block) => block.text)).toEqual(["Other."]);
  });
});
