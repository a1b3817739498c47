import { describe, expect, it } from "vitest";
import {
  type Conditions,
  isNarrowed,
  monthRequest,
  readConditions,
  readMonth,
  searchRequest,
  shiftMonth,
  withConditions,
} from "./search-conditions.ts";

const full =
  "q=AI+in+Berlin&location=Paris&place=l1&place=l2&from=2026-07-01&to=2026-07-31&category=ai&country=DE&virtual=false";
const none = readConditions(new URLSearchParams());

describe("the address of a search", () => {
  it("says everything, and survives being written again", () => {
    const search = new URLSearchParams(`${full}&view=calendar&month=2026-07`);
    expect(withConditions(search, {}).toString()).toBe(search.toString());
    expect(readConditions(search)).toEqual<Conditions>({
      query: "AI in Berlin",
      location: "Paris",
      locationIds: ["l1", "l2"],
      from: "2026-07-01",
      to: "2026-07-31",
      categories: ["ai"],
      countries: ["DE"],
      virtual: false,
    });
  });

  it("counts as not given what makes no sense", () => {
    expect(readConditions(new URLSearchParams("from=yesterday&to=2026-13-40&virtual=maybe"))).toEqual(none);
    expect(readMonth(new URLSearchParams("month=2026-13"))).toBeUndefined();
  });

  it("loses what is taken out", () => {
    const search = withConditions(new URLSearchParams(full), { from: undefined, categories: [], query: "" });
    expect(search.has("from") || search.has("category") || search.has("q")).toBe(false);
    expect(search.get("to")).toBe("2026-07-31");
  });
});

describe("the request of a search", () => {
  it("names only what narrows it", () => {
    expect(searchRequest(none, "Europe/Berlin")).toEqual({ limit: 20, time_zone: "Europe/Berlin" });
    expect(isNarrowed(none)).toBe(false);
    expect(isNarrowed({ ...none, virtual: false })).toBe(true);
    expect(searchRequest({ ...none, query: " AI ", virtual: false }, "UTC")).toMatchObject({
      query: "AI",
      virtual: false,
    });
  });

  it("of a month keeps within the days that were chosen", () => {
    expect(monthRequest(none, "2026-02", "UTC")).toMatchObject({ from: "2026-01-31", to: "2026-03-01", limit: 100 });
    expect(monthRequest({ ...none, from: "2026-02-10" }, "2026-02", "UTC")).toMatchObject({ from: "2026-02-10" });
    expect(monthRequest({ ...none, to: "2025-12-31" }, "2026-02", "UTC")).toBeUndefined();
  });
});

it("months are counted over the ends of years", () => {
  expect(shiftMonth("2026-12", 1)).toBe("2027-01");
  expect(shiftMonth("2026-01", -1)).toBe("2025-12");
});
