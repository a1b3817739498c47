import type { RetrievalCandidate } from "@evenkeel/sdk";
import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { standingAt, stepsOf } from "./candidate-steps.ts";
import { fateText, stepKey, warningKey } from "./trace-texts.ts";

function candidate(change: Partial<RetrievalCandidate>): RetrievalCandidate {
  const ids = { passage_id: "p", document_id: "d", source_id: "s" };
  return { ...ids, title: "", heading_path: [], snippet: "", coverage: 0.125, fate: "used", masked: 0, ...change };
}

const fate = (name: string, value?: number) =>
  fateText(candidate({ fate: name, ...(value === undefined ? {} : { fate_value: value }) }), i18next.t, "en");

describe("a retrieval trace", () => {
  it("tells what became of a passage in words", () => {
    expect(fate("over_budget", 1212)).toBe("Over budget by 1,212 tokens");
    expect(fate("over_budget", 1)).toBe("Over budget by 1 token");
    expect(fate("below_threshold", 0.35)).toBe("Fit 0.125, below the threshold of 0.35");
    expect(fate("private_source")).toBe("From a private source");
  });

  it("shows what a newer server made up as it came", () => {
    expect(fate("too_salty")).toBe("too_salty");
    expect(stepKey("salt")).toBeNull();
    expect(warningKey("toString")).toBeNull();
  });

  it("has a column only for steps that ranked something", () => {
    const found = candidate({ lexical_rank: 2, lexical_score: 7.5, fused_rank: 1 });
    expect(stepsOf([found, candidate({})])).toEqual(["lexical", "fused"]);
    expect(standingAt(found, "lexical")).toEqual({ rank: 2, score: 7.5 });
    expect(standingAt(found, "fused")).toEqual({ rank: 1, score: null });
    expect(standingAt(found, "vector")).toBeNull();
  });
});
