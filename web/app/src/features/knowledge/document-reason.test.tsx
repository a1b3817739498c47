import type { KnowledgeDocument } from "@evenkeel/sdk";
import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { DocumentReason } from "./document-reason.tsx";

function textOf(code: string, passages: number): string | null {
  const document = { reason: { code, message: "What happened." }, passage_count: passages } as KnowledgeDocument;
  return render(<DocumentReason document={document} />).container.textContent;
}

describe("the reason of a document", () => {
  it("is what the server says", () => expect(textOf("corrupt", 0)).toBe("What happened."));

  it("says that the earlier content still answers where there is one", () =>
    expect(textOf("corrupt", 5)).toBe(
      "The new content could not be read; the earlier one still answers. What happened.",
    ));

  it("blames the content for nothing when only the vectors are missing", () =>
    expect(textOf("embeddings_unavailable", 5)).toBe("What happened."));
});
