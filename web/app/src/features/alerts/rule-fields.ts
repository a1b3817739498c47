import type { AlertRuleDefinition, AlertRuleRequest, AlertValue, MetricDescription, MetricKind } from "@evenkeel/sdk";
import { readSpan, spanText } from "./time-span.ts";

/** A condition on a label. */
export interface FilterField {
  readonly label: string;
  readonly value: string;
}

/** What stands in the form of a rule. */
export interface RuleFields {
  readonly name: string;
  readonly description: string;
  readonly metric: string;
  readonly value: AlertValue;
  readonly filter: readonly FilterField[];
  readonly groupBy: string;
  readonly window: string;
  readonly condition: AlertRuleDefinition["condition"];
  readonly warning: string;
  readonly critical: string;
  readonly for: string;
  readonly keepFiringFor: string;
  readonly minimumCount: string;
  readonly noData: AlertRuleDefinition["no_data"];
  readonly isEnabled: boolean;
  readonly receivers: readonly string[];
  readonly runbookUrl: string;
  readonly isOfInstallation: boolean;
}

/** What can be wrong with a field: `alerts.wrong_…`. */
export type RuleProblem = "missing" | "span" | "number" | "threshold";

/** What of a metric can be judged. */
export const valuesOfKind: Readonly<Record<MetricKind, readonly AlertValue[]>> = {
  sum: ["sum", "rate", "share"],
  distribution: ["p50", "p95", "p99", "max", "count", "rate", "share"],
  gauge: ["last", "max"],
};

/** An empty form. */
export const newRuleFields: RuleFields = {
  name: "",
  description: "",
  metric: "",
  value: "sum",
  filter: [],
  groupBy: "",
  window: "5m",
  condition: "above",
  warning: "",
  critical: "",
  for: "0s",
  keepFiringFor: "0s",
  minimumCount: "0",
  noData: "normal",
  isEnabled: true,
  receivers: [],
  runbookUrl: "",
  isOfInstallation: false,
};

/** The form of a rule that is there. */
export function fieldsOfRule(rule: AlertRuleDefinition): RuleFields {
  return {
    name: rule.name,
    description: rule.description ?? "",
    metric: rule.metric,
    value: rule.value,
    filter: Object.entries(rule.filter ?? {}).map(([label, value]) => ({ label, value })),
    groupBy: rule.group_by ?? "",
    window: spanText(rule.window_seconds),
    condition: rule.condition,
    warning: rule.warning?.toString() ?? "",
    critical: rule.critical?.toString() ?? "",
    for: spanText(rule.for_seconds),
    keepFiringFor: spanText(rule.keep_firing_for_seconds),
    minimumCount: String(rule.minimum_count),
    noData: rule.no_data,
    isEnabled: rule.is_enabled,
    receivers: rule.receivers,
    runbookUrl: rule.runbook_url ?? "",
    isOfInstallation: rule.is_of_installation,
  };
}

/** What is wrong, as far as can be said without asking the server. */
export function ruleProblems(fields: RuleFields): Partial<Record<keyof RuleFields, RuleProblem>> {
  const spans = (["window", "for", "keepFiringFor"] as const).filter((name) => readSpan(fields[name]) === undefined);
  const numbers = (["warning", "critical", "minimumCount"] as const).filter((name) => !isNumber(fields[name]));
  const hasThreshold = fields.warning.trim() !== "" || fields.critical.trim() !== "";
  return {
    ...(fields.name.trim() === "" ? { name: "missing" } : {}),
    ...(fields.metric === "" ? { metric: "missing" } : {}),
    ...(hasThreshold ? {} : { critical: "threshold" }),
    ...Object.fromEntries(numbers.map((name) => [name, "number"])),
    ...Object.fromEntries(spans.map((name) => [name, "span"])),
  };
}

/** The rule that a form without problems says. */
export function ruleRequest(fields: RuleFields): AlertRuleRequest {
  const filter = fields.filter.filter(({ label }) => label !== "");
  return {
    name: fields.name.trim(),
    ...textOf("description", fields.description),
    metric: fields.metric,
    value: fields.value,
    ...(filter.length === 0 ? {} : { filter: Object.fromEntries(filter.map(({ label, value }) => [label, value])) }),
    ...textOf("group_by", fields.groupBy),
    window_seconds: readSpan(fields.window) ?? 0,
    condition: fields.condition,
    ...numberOf("warning", fields.warning),
    ...numberOf("critical", fields.critical),
    for_seconds: readSpan(fields.for) ?? 0,
    keep_firing_for_seconds: readSpan(fields.keepFiringFor) ?? 0,
    minimum_count: Number(fields.minimumCount),
    no_data: fields.noData,
    is_enabled: fields.isEnabled,
    receivers: fields.receivers,
    ...textOf("runbook_url", fields.runbookUrl),
    ...(fields.isOfInstallation ? { is_of_installation: true } : {}),
  };
}

/** The form with another metric: what the new one does not have is dropped. */
export function withMetric(fields: RuleFields, metric: MetricDescription | undefined): RuleFields {
  if (metric === undefined) return { ...fields, metric: "" };
  const values = valuesOfKind[metric.kind];
  return {
    ...fields,
    metric: metric.metric,
    value: values.includes(fields.value) ? fields.value : (values[0] ?? "sum"),
    groupBy: metric.labels.includes(fields.groupBy) ? fields.groupBy : "",
    filter: fields.filter.filter(({ label }) => metric.labels.includes(label)),
  };
}

/** In what a rule measures. */
export function unitOf(value: AlertValue, metric: MetricDescription | undefined): string {
  if (value === "share") return "percent";
  return value === "count" || value === "rate" ? "count" : (metric?.unit ?? "count");
}

function isNumber(text: string): boolean {
  return text.trim() === "" || Number.isFinite(Number(text));
}

function textOf(name: string, text: string): Readonly<Record<string, string>> {
  return text.trim() === "" ? {} : { [name]: text.trim() };
}

function numberOf(name: string, text: string): Readonly<Record<string, number>> {
  return text.trim() === "" ? {} : { [name]: Number(text) };
}
