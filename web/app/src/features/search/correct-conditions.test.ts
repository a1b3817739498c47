import { describe, expect, it } from "vitest";
import { conditionsWithout, correctedConditions } from "./correct-conditions.ts";
import { readConditions } from "./search-conditions.ts";

const conditions = { ...readConditions(new URLSearchParams()), query: "AI in Paris next Friday" };
const paris = { kind: "place" as const, text: "Paris", span: { start: 6, end: 11 } };
const friday = { kind: "dates" as const, text: "next Friday", span: { start: 12, end: 23 } };

describe("a search that is corrected", () => {
  it("has the chosen place as a filter where the catalogue knows it, once", () => {
    const place = { location_id: "l1", name: "Paris", country: "United States" };
    expect(correctedConditions({ ...conditions, locationIds: ["l1"] }, { ...paris, place })).toEqual({
      query: "AI in next Friday",
      locationIds: ["l1"],
    });
  });

  it("names a place in full that the catalogue does not have", () => {
    const place = { name: "Paris", country: "United States" };
    expect(correctedConditions(conditions, { ...paris, place })).toEqual({
      query: "AI in Paris, United States next Friday",
    });
  });

  it("has the other reading of the days as its days", () => {
    const dates = { from: "2026-07-10", to: "2026-07-10" };
    expect(correctedConditions(conditions, { ...friday, dates })).toEqual({ query: "AI in Paris", ...dates });
  });

  it("changes the field for the place where the words stood there", () => {
    const typed = { ...conditions, query: "AI", location: "Atlantiss" };
    const place = { location_id: "l2", name: "Atlanta" };
    const correction = { kind: "place" as const, text: "Atlantiss", span: { start: 0, end: 9 }, place };
    expect(correctedConditions(typed, correction)).toEqual({ location: "", locationIds: ["l2"] });
  });
});

it("a part that is left out takes its words along", () => {
  const understood = { query: "AI", places: [], unknown_places: [] };
  expect(conditionsWithout(conditions, understood, paris)).toEqual({ query: "AI in next Friday" });
});
