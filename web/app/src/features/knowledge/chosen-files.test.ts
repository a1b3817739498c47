import { describe, expect, it } from "vitest";
import { chosenFromDrop, chosenToReplace } from "./chosen-files.ts";

const file = new File(["text"], "Guide.PDF");

function item(entry: { isDirectory: boolean; name: string } | null, got: File | null = file) {
  return { kind: "file", getAsFile: () => got, webkitGetAsEntry: () => entry };
}

describe("what is chosen", () => {
  it("are the files of a drop; a folder among them is refused by name", () => {
    const items = [
      item({ isDirectory: false, name: "Guide.PDF" }),
      item({ isDirectory: true, name: "manuals" }),
      { kind: "string", getAsFile: () => null },
    ];
    expect(chosenFromDrop({ files: [], items })).toEqual([
      { file, name: "Guide.PDF" },
      { name: "manuals", refusal: "folder" },
    ]);
  });

  it("are the plain files where a browser does not tell folders apart", () => {
    expect(chosenFromDrop({ files: [file], items: [] })).toEqual([{ file, name: "Guide.PDF" }]);
  });

  it("replaces a document under its name, if it is of its type", () => {
    expect(chosenToReplace("manual.pdf", file)).toEqual({ file, name: "manual.pdf" });
    expect(chosenToReplace("manual.docx", file)).toEqual({ name: "Guide.PDF", refusal: "other_type" });
  });
});
