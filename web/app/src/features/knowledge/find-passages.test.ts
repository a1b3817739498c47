import type { Passage } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { occurrences, passagesWith } from "./find-passages.ts";

function passage(id: string, text: string, headings: string[] = []): Passage {
  return { id, source_id: "s", document_id: "d", title: "t", heading_path: headings, text, language: "en", ordinal: 0 };
}

describe("finding in a document", () => {
  const passages = [passage("1", "The keel keeps it upright."), passage("2", "Sails.", ["Keel"]), passage("3", "龙骨")];

  it("looks into text and headings, whatever the case", () => {
    expect(passagesWith(passages, "KEEL").map(({ id }) => id)).toEqual(["1", "2"]);
    expect(passagesWith(passages, "龙骨").map(({ id }) => id)).toEqual(["3"]);
  });

  it("shows everything where nothing is sought", () => {
    expect(passagesWith(passages, "  ")).toBe(passages);
  });

  it("marks every occurrence, and nothing where its place cannot be told", () => {
    expect(occurrences("keel, Keel", "keel")).toEqual([
      { start: 0, end: 4 },
      { start: 6, end: 10 },
    ]);
    expect(occurrences("İ keel", "keel")).toEqual([]);
    expect(occurrences("keel", " ")).toEqual([]);
  });
});
