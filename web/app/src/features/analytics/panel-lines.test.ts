import type { LabelledSeries, MetricPoint, MetricSeries } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { type LineNames, panelLines, timesOf } from "./panel-lines.ts";

const names: LineNames = {
  ofLabel: (_, value) => value,
  ofLine: (name) => name,
  ofChange: (now, before) => `${before} to ${now}`,
  before: (name) => `${name} before`,
};
const point = (at: string, value: number, rest: Partial<MetricPoint> = {}): MetricPoint => ({
  at: `2026-03-10T${at}:00.000Z`,
  count: value,
  value,
  ...rest,
});
const line = (label: string, points: MetricPoint[]): LabelledSeries => ({
  label,
  total: point(
    "10:00",
    points.reduce((sum, { value }) => sum + value, 0),
  ),
  points,
});
const series = (lines: LabelledSeries[], rest: Partial<MetricSeries> = {}): MetricSeries => ({
  metric: "turns",
  unit: "count",
  kind: "sum",
  from: "2026-03-10T10:00:00.000Z",
  to: "2026-03-10T10:03:00.000Z",
  step_seconds: 60,
  series: lines,
  ...rest,
});

describe("the lines of a panel", () => {
  it("have a value for each step and lead to the turns behind it", () => {
    const measured = {
      source: { metric: "turns", groupBy: "status", values: ["value"] as const },
      series: series([line("failed", [point("10:01", 3)])]),
      behind: "turns" as const,
    };
    expect(timesOf(measured.series).at).toHaveLength(3);
    const [failed] = panelLines([measured], "bar", names);
    expect(failed).toMatchObject({ name: "failed", values: [undefined, 3, undefined], total: 3 });
    expect(failed?.addressAt?.(1)).toBe(
      "/admin/turns?status=failed&ended_from=2026-03-10T10%3A01%3A00.000Z&ended_to=2026-03-10T10%3A02%3A00.000Z",
    );
    expect(failed?.address).toContain("ended_from=2026-03-10T10%3A00%3A00.000Z&ended_to=2026-03-10T10%3A03%3A00.000Z");
  });

  it("of what adds up do not break where nothing happened", () => {
    const measured = {
      source: { metric: "resumes", values: ["value"] as const, line: "resumes" },
      series: series([line("", [point("10:01", 3)])]),
      behind: undefined,
    };
    const [resumes] = panelLines([measured], "line", names);
    expect(resumes).toMatchObject({ name: "resumes", values: [0, 3, 0], addressAt: undefined, address: undefined });
  });

  it("say how they changed, and stand beside the period before at the same place", () => {
    const before = point("09:58", 2, { p95: 40 });
    const measured = {
      source: { metric: "first_token", values: ["p95"] as const },
      series: series([line("", [point("10:01", 3, { p95: 50 })])], {
        kind: "distribution",
        previous: [line("", [before])],
      }),
      behind: "turns" as const,
    };
    const [now, ghost] = panelLines([measured], "line", names);
    expect(now?.values).toEqual([undefined, 50, undefined]);
    expect(ghost).toMatchObject({ name: "first_token before", values: [undefined, 40, undefined], ghostOf: now?.key });
    expect(ghost?.addressAt?.(1)).toContain("ended_from=2026-03-10T09%3A58%3A00.000Z&ended_to=2026-03-10T09%3A59");
  });

  it("of what is put together as other lead to all of the time", () => {
    const measured = {
      source: { metric: "errors", groupBy: "event_type", values: ["value"] as const },
      series: series([line("other", [point("10:01", 3)])]),
      behind: "timeline" as const,
    };
    expect(panelLines([measured], "bar", names)[0]?.address).toMatch(/^\/admin\/timeline\?metric=errors&from=/);
  });
});
