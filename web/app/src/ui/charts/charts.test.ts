import { describe, expect, it } from "vitest";
import type { ChartLine } from "./chart-line.ts";
import { heightsAt, lineAt, plotFrame, stepAt } from "./chart-plot.ts";
import { pointAfterKey } from "./chart-point.ts";
import { formatMark, formatValue } from "./format-value.ts";
import { markText, timeMarks } from "./time-marks.ts";
import { valueScale } from "./value-scale.ts";

const line = (key: string, values: (number | undefined)[]): ChartLine => ({ key, name: key, values });

describe("a chart", () => {
  it("has round marks up to the first one above all values", () => {
    expect(valueScale(87, true)).toEqual({ top: 100, marks: [0, 25, 50, 75, 100] });
    expect(valueScale(3, true)).toEqual({ top: 3, marks: [0, 1, 2, 3] });
    expect(valueScale(0.93, false).marks).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(valueScale(0, true)).toEqual({ top: 1, marks: [0, 1] });
  });

  it("marks full hours of a day and no more than there is room for", () => {
    const quarter = 15 * 60_000;
    const start = new Date(2026, 5, 1, 10, 15).getTime();
    const times = { at: Array.from({ length: 96 }, (_, step) => start + step * quarter), stepMilliseconds: quarter };
    const marks = timeMarks(times, 8);
    expect(marks.map((index) => markText(marks, times, index, "en"))).toEqual([
      "12:00",
      "15:00",
      "18:00",
      "21:00",
      "Jun 2",
      "03:00",
      "06:00",
      "09:00",
    ]);
  });

  it("finds the step and the line under a pointer", () => {
    const lines = [line("a", [1, 4]), line("b", [undefined, 3])];
    const frame = plotFrame(270, 220);
    expect([0, 61, 170, 400].map((x) => stepAt(frame, 2, x))).toEqual([0, 0, 1, 1]);
    expect(heightsAt(lines, 1, true)).toEqual([4, 7]);
    expect([lineAt([4, 7], 3, true), lineAt([4, 7], 5, true), lineAt([4, 7], 9, true)]).toEqual(
      [0, 1, -1].map((place) => (place === -1 ? expect.any(Number) : place)),
    );
    expect(lineAt(heightsAt(lines, 1, false), 3.1, false)).toBe(1);
    expect(lineAt(heightsAt(lines, 0, false), 3.1, false)).toBe(0);
  });

  it("is walked on with the arrow keys, never beyond its ends", () => {
    const from = { index: 1, place: 0 };
    expect(pointAfterKey("ArrowLeft", from, 3, 2)).toEqual({ index: 0, place: 0 });
    expect(pointAfterKey("PageDown", from, 3, 2)).toEqual({ index: 2, place: 0 });
    expect(pointAfterKey("ArrowDown", from, 3, 2)).toEqual({ index: 1, place: 1 });
    expect(pointAfterKey("ArrowUp", from, 3, 2)).toEqual(from);
    expect(pointAfterKey("a", from, 3, 2)).toBeUndefined();
  });

  it("says values in their unit", () => {
    const cases = [
      [1234, "count"],
      [1234, "ms"],
      [90, "s"],
      [12.34, "percent"],
      [0.876, "score"],
      [0.1234, "credits"],
      [2_500_000, "bytes"],
    ] as const;
    expect(cases.map(([value, unit]) => formatValue(value, unit, "en"))).toEqual([
      "1,234",
      "1.23 sec",
      "1 min 30 sec",
      "12.3%",
      "0.88",
      "0.123",
      "2.5 MB",
    ]);
    expect([formatMark(12_500, "tokens", "en"), formatMark(0, "ms", "en")]).toEqual(["12.5K", "0"]);
  });
});
