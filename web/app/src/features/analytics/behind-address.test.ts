import type { MetricDescription } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { type BehindPoint, behindAddress, labelsOf } from "./behind-address.ts";
import { panels } from "./panels.ts";

const from = Date.parse("2026-03-10T10:00:00Z");
const to = Date.parse("2026-03-10T10:01:00Z");
const turns = [
  "turns",
  "turn_duration",
  "first_token",
  "queue_wait",
  "tokens_in",
  "tokens_out",
  "credits",
  "model_calls",
];
const gauges = ["queue_depth", "queue_running", "queue_oldest_age"];
/** Of the installation: what is behind them are no records. */
const bare = ["connections", "connects", "resumes", "disconnects", "disk_used_percent", "database_bytes"];

/** As the server describes its metrics. */
function behindOf(metric: string): Pick<BehindPoint, "behind" | "kind"> {
  const kind: MetricDescription["kind"] = gauges.includes(metric) ? "gauge" : "sum";
  if (bare.includes(metric)) return { behind: undefined, kind };
  if (metric === "workers_alive") return { behind: "queue", kind: "gauge" };
  return { behind: turns.includes(metric) || gauges.includes(metric) ? "turns" : "timeline", kind };
}

const address = (metric: string, labels: BehindPoint["labels"], rest: Partial<BehindPoint> = {}) =>
  behindAddress({ metric, ...behindOf(metric), labels, from, to, ...rest });
const conditionsOf = (where: string | undefined) =>
  [...new URL(`http://server${where}`).searchParams].filter(([name]) => !/from$|to$/.test(name));

/** Every line that a page could show, with where its points lead. */
const lines = Object.values(panels)
  .flat()
  .flatMap(({ sources }) => sources)
  .filter(({ metric }) => !bare.includes(metric))
  .map((source) => ({ source, lead: (label: string) => address(source.metric, labelsOf(source, label)) }));

describe("where points of charts lead", () => {
  it("is to the list with the condition of their own line, whatever the panel", () => {
    for (const { source, lead } of lines) {
      const value = source.groupBy === "severity" ? "error" : "this-one";
      const told = conditionsOf(lead(source.groupBy === undefined ? "" : value)).map(([, one]) => one);
      const name = `${source.metric} by ${source.groupBy}`;
      if (source.groupBy !== undefined)
        expect(
          told.some((one) => one.endsWith(value)),
          name,
        ).toBe(true);
      for (const one of source.filters ?? []) expect(told, name).toContain(one.value);
    }
  });

  it("is to nothing wider for those without a value; others are all there are", () => {
    for (const { source, lead } of lines.filter(({ source: { groupBy } }) => groupBy !== undefined)) {
      const [without, other, one] = ["", "other", "this-one"].map((label) => conditionsOf(lead(label)));
      const name = `${source.metric} by ${source.groupBy}`;
      if (lead("") !== undefined) expect(without?.length, name).toBeGreaterThan(other?.length ?? 0);
      expect(without, name).not.toEqual(one);
    }
  });

  it("is to turns of the model, or to those no model answered", () => {
    expect(conditionsOf(address("credits", [{ label: "model", value: "m-1" }]))).toEqual([["model", "m-1"]]);
    expect(conditionsOf(address("credits", [{ label: "model", value: "" }]))).toEqual([["model", "-"]]);
    expect(address("turns", [{ label: "status", value: "" }])).toBeUndefined();
    expect(address("turns", [{ label: "colour", value: "red" }])).toBeUndefined();
  });

  it("is to what was open where the state of a moment is shown", () => {
    expect(address("queue_depth", [])).toBe(
      "/admin/turns?ended_from=2026-03-10T10%3A00%3A00.000Z&to=2026-03-10T10%3A01%3A00.000Z",
    );
    expect(address("queue_wait", [])).toContain("ended_from=2026-03-10T10%3A00%3A00.000Z&ended_to=");
    expect(address("workers_alive", [])).toBe("/admin/queue");
  });

  it("is to the events that a number was made of, by the fields they have and by labels of the metric", () => {
    const conditions = (...given: Parameters<typeof address>) => conditionsOf(address(...given));
    expect(conditions("errors", [{ label: "severity", value: "error" }])).toEqual([
      ["metric", "errors"],
      ["severity", "error"],
    ]);
    expect(conditions("errors", [{ label: "severity", value: "" }])).toEqual([
      ["metric", "errors"],
      ["filter", "severity:"],
    ]);
    const both = [
      { label: "model", value: "m:1" },
      { label: "error_code", value: "llm_timeout" },
    ];
    expect(conditions("provider_errors", both)).toEqual([
      ["metric", "provider_errors"],
      ["filter", "model:m:1"],
      ["filter", "error_code:llm_timeout"],
    ]);
    expect(conditions("stage_events", [{ label: "event_type", value: "moderation" }])).toEqual([
      ["type", "moderation"],
    ]);
    expect(conditions("not_answered", [{ label: "chatbot_id", value: "b" }])).toEqual([
      ["metric", "not_answered"],
      ["filter", "chatbot_id:b"],
    ]);
    expect(address("errors", [], { to: from + 32 * 86_400_000 })).toBeUndefined();
  });
});
