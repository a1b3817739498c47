import type { Source } from "./analytics-queries.ts";

/** Which number of a point is drawn. */
export type PointValue = "value" | "p50" | "p95" | "p99";

/** What a panel is drawn from: one line, or one for each label. */
export interface PanelSource extends Source {
  /** Several = a line for each of them. */
  readonly values: readonly PointValue[];
  /** Name of the line where several metrics stand in one panel: `analytics.line_…`. */
  readonly line?: string;
}

/** A chart of a section. */
export interface Panel {
  /** Its texts are `analytics.panel_…` and `analytics.hint_…`. */
  readonly id: PanelId;
  readonly sources: readonly PanelSource[];
  readonly form: "line" | "bar";
}

/** Names of panels. */
export type PanelId = (typeof panelIds)[number];

export const panelIds = [
  "turns",
  "turn_duration",
  "first_token",
  "errors_by_code",
  "stage_p95",
  "stage_counts",
  "errors_by_type",
  "errors_by_severity",
  "provider_errors",
  "model_retries",
  "queue_depth",
  "queue_age",
  "wait_and_work",
  "queue_wait",
  "workers",
  "tokens_in",
  "tokens_out",
  "credits",
  "model_calls",
  "retrievals",
  "retrieval_score",
  "not_answered",
  "groundedness",
  "feedback",
  "connections",
  "connects",
  "disconnects",
  "disk",
  "database",
] as const;

/** Sections of the page, in the order of its tabs. */
export const sectionNames = [
  "overview",
  "stages",
  "errors",
  "queue",
  "cost",
  "retrieval",
  "quality",
  "connections",
  "system",
] as const;

/** Name of a section. */
export type SectionName = (typeof sectionNames)[number];

const quantiles = ["p50", "p95", "p99"] as const;
const sum = ["value"] as const;

const turns: Panel = { id: "turns", form: "bar", sources: [{ metric: "turns", groupBy: "status", values: sum }] };
const errorsByCode: Panel = {
  id: "errors_by_code",
  form: "bar",
  sources: [{ metric: "turns", groupBy: "error_code", filters: [{ label: "status", value: "failed" }], values: sum }],
};

/** The charts of each section. */
export const panels: Readonly<Record<SectionName, readonly Panel[]>> = {
  overview: [
    turns,
    { id: "turn_duration", form: "line", sources: [{ metric: "turn_duration", values: quantiles }] },
    { id: "first_token", form: "line", sources: [{ metric: "first_token", values: quantiles }] },
    errorsByCode,
  ],
  stages: [
    { id: "stage_p95", form: "line", sources: [{ metric: "stage_duration", groupBy: "event_type", values: ["p95"] }] },
    { id: "stage_counts", form: "bar", sources: [{ metric: "stage_events", groupBy: "event_type", values: sum }] },
  ],
  errors: [
    errorsByCode,
    { id: "errors_by_type", form: "bar", sources: [{ metric: "errors", groupBy: "event_type", values: sum }] },
    { id: "errors_by_severity", form: "bar", sources: [{ metric: "errors", groupBy: "severity", values: sum }] },
    { id: "provider_errors", form: "bar", sources: [{ metric: "provider_errors", groupBy: "model", values: sum }] },
    {
      id: "model_retries",
      form: "line",
      sources: [
        { metric: "model_retries", values: sum, line: "retries" },
        { metric: "model_fallbacks", values: sum, line: "fallbacks" },
      ],
    },
  ],
  queue: [
    {
      id: "queue_depth",
      form: "line",
      sources: [
        { metric: "queue_depth", values: sum, line: "waiting" },
        { metric: "queue_running", values: sum, line: "running" },
      ],
    },
    { id: "queue_age", form: "line", sources: [{ metric: "queue_oldest_age", values: sum }] },
    {
      id: "wait_and_work",
      form: "line",
      sources: [
        { metric: "queue_wait", values: ["p95"], line: "wait" },
        { metric: "turn_duration", values: ["p95"], line: "whole" },
      ],
    },
    { id: "queue_wait", form: "line", sources: [{ metric: "queue_wait", values: quantiles }] },
    { id: "workers", form: "line", sources: [{ metric: "workers_alive", values: sum }] },
  ],
  cost: [
    { id: "credits", form: "bar", sources: [{ metric: "credits", groupBy: "model", values: sum }] },
    { id: "model_calls", form: "bar", sources: [{ metric: "model_calls", groupBy: "model", values: sum }] },
    { id: "tokens_in", form: "bar", sources: [{ metric: "tokens_in", groupBy: "model", values: sum }] },
    { id: "tokens_out", form: "bar", sources: [{ metric: "tokens_out", groupBy: "model", values: sum }] },
  ],
  retrieval: [
    {
      id: "retrievals",
      form: "line",
      sources: [
        { metric: "retrievals", values: sum, line: "searches" },
        { metric: "retrieval_empty", values: sum, line: "empty" },
        { metric: "retrieval_low", values: sum, line: "low" },
      ],
    },
    { id: "retrieval_score", form: "line", sources: [{ metric: "retrieval_score", values: ["p50"] }] },
  ],
  quality: [
    {
      id: "not_answered",
      form: "line",
      sources: [
        { metric: "turns", filters: [{ label: "status", value: "succeeded" }], values: sum, line: "answers" },
        { metric: "not_answered", values: sum, line: "not_answered" },
      ],
    },
    { id: "groundedness", form: "line", sources: [{ metric: "groundedness", values: ["p50"] }] },
    { id: "feedback", form: "bar", sources: [{ metric: "feedback", groupBy: "value", values: sum }] },
  ],
  connections: [
    { id: "connections", form: "line", sources: [{ metric: "connections", values: sum }] },
    {
      id: "connects",
      form: "line",
      sources: [
        { metric: "connects", values: sum, line: "connects" },
        { metric: "resumes", values: sum, line: "resumes" },
      ],
    },
    { id: "disconnects", form: "bar", sources: [{ metric: "disconnects", groupBy: "reason", values: sum }] },
  ],
  system: [
    { id: "disk", form: "line", sources: [{ metric: "disk_used_percent", values: sum }] },
    { id: "database", form: "line", sources: [{ metric: "database_bytes", values: sum }] },
  ],
};
