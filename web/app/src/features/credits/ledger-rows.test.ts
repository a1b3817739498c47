import type { CreditEntry } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { ledgerRows } from "./ledger-rows.ts";

let made = 0;

function entry(kind: CreditEntry["kind"], amount: number, rest: Partial<CreditEntry> = {}): CreditEntry {
  made += 1;
  return { id: String(made), kind, amount, is_metered: true, created_at: "2026-01-01T00:00:00.000Z", ...rest };
}

describe("the ledger as people read it", () => {
  it("shows a turn that ended as one line with what it cost", () => {
    const rows = ledgerRows([
      entry("release", 2, { turn_id: "failed" }),
      entry("settle", 1.5, { turn_id: "answered", price: 0.5 }),
      entry("hold", -2, { turn_id: "failed" }),
      entry("hold", -2, { turn_id: "answered" }),
    ]);
    expect(rows.map((row) => [row.kind, row.change])).toEqual([
      ["release", 0],
      ["settle", -0.5],
    ]);
  });

  it("shows what is held for a turn under way", () => {
    expect(ledgerRows([entry("hold", -2, { turn_id: "open" })]).map((row) => row.change)).toEqual([-2]);
  });

  it("tells what was taken back from what was given", () => {
    expect(ledgerRows([entry("grant", -5), entry("grant", 5)]).map((row) => row.kind)).toEqual(["take", "grant"]);
  });
});
