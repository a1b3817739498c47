import type { AlertRuleDefinition, MetricDescription } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { fieldsOfRule, newRuleFields, ruleProblems, ruleRequest, withMetric } from "./rule-fields.ts";
import { readSpan, spanText } from "./time-span.ts";

const rule: AlertRuleDefinition = {
  name: "Errors",
  metric: "turns",
  value: "share",
  filter: { status: "failed" },
  group_by: "chatbot_id",
  window_seconds: 300,
  condition: "above",
  critical: 5,
  for_seconds: 90,
  keep_firing_for_seconds: 0,
  minimum_count: 20,
  no_data: "keep",
  is_enabled: true,
  receivers: ["night"],
  is_of_installation: false,
};

describe("the form of a rule", () => {
  it("says what it was given", () => {
    const { is_of_installation: _, ...rest } = rule;
    expect(ruleProblems(fieldsOfRule(rule))).toEqual({});
    expect(ruleRequest(fieldsOfRule(rule))).toEqual(rest);
  });

  it("says what is wrong field by field", () => {
    const fields = { ...newRuleFields, window: "soon", warning: "many", critical: "5" };
    expect(ruleProblems(fields)).toEqual({ name: "missing", metric: "missing", window: "span", warning: "number" });
    expect(ruleProblems({ ...fieldsOfRule(rule), critical: " " })).toEqual({ critical: "threshold" });
  });

  it("drops what another metric does not have", () => {
    const metric: MetricDescription = {
      metric: "first_token",
      unit: "ms",
      kind: "distribution",
      labels: ["chatbot_id"],
      is_of_installation: false,
    };
    expect(withMetric({ ...fieldsOfRule(rule), value: "sum" }, metric)).toMatchObject({
      value: "p50",
      groupBy: "chatbot_id",
      filter: [],
    });
  });

  it("reads and writes spans as people do", () => {
    expect(["5m", "90", "2 h", "1d", "x", ""].map(readSpan)).toEqual([300, 90, 7_200, 86_400, undefined, undefined]);
    expect([300, 90, 7_200, 86_400, 0].map(spanText)).toEqual(["5m", "90s", "2h", "1d", "0s"]);
  });
});
