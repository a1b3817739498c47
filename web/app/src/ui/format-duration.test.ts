import { expect, it } from "vitest";
import { formatDuration } from "./format-duration.ts";

it("says how long something took in the units people would use", () => {
  const cases = [0.42, 12, 999, 1234, 12_340, 59_940, 59_960, 185_000, 7_200_000, 90_000_000];
  expect(cases.map((one) => formatDuration(one, "en"))).toEqual([
    "0.4 ms",
    "12 ms",
    "999 ms",
    "1.23 sec",
    "12.3 sec",
    "59.9 sec",
    "1 min",
    "3 min 5 sec",
    "2 hr",
    "1 day 1 hr",
  ]);
});
