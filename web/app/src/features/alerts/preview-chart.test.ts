import { expect, it } from "vitest";
import { previewChart } from "./preview-chart.ts";

const point = (at: string, value: number) => ({ at: `2026-03-01T${at}:00Z`, count: 1, value });
const names = { warning: "Warning", critical: "Critical", value: "Value" };

it("shows of each hour the value that was nearest to firing, with thresholds and the times it would have fired", () => {
  const preview = {
    from: "2026-03-01T10:30:00Z",
    to: "2026-03-01T13:00:00Z",
    firings: 1,
    spans: [{ group: "", severity: "critical", from: "2026-03-01T12:10:00Z", to: "2026-03-01T12:40:00Z" }],
    series: [
      { label: "", total: point("10:00", 0), points: [point("10:31", 2), point("10:50", 7), point("12:20", 9)] },
    ],
  } as const;
  const above = previewChart(preview, { condition: "above", critical: 5 }, names);
  expect(above.times.at).toHaveLength(3);
  expect(above.lines).toEqual([{ key: "", name: "Value", values: [7, undefined, 9] }]);
  expect(above.thresholds).toEqual([{ value: 5, name: "Critical", tone: "danger" }]);
  expect(above.spans[0]?.tone).toBe("danger");
  expect(previewChart(preview, { condition: "below", warning: 5 }, names).lines[0]?.values).toEqual([2, undefined, 9]);
});
