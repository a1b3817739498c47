/** How a metric is measured. */
export type MetricKind = "sum" | "distribution" | "gauge";

/** What can be asked of analytics. */
export interface MetricDescription {
  readonly metric: string;
  /** `count`, `ms`, `s`, `tokens`, `credits`, `percent`, `bytes` or `score`. */
  readonly unit: string;
  readonly kind: MetricKind;
  /** What it can be grouped or filtered by. */
  readonly labels: readonly string[];
  /** Which list tells more about a point; absent where none does. */
  readonly behind?: "turns" | "timeline";
  /** About the whole installation rather than the organization: operators only. */
  readonly is_of_installation: boolean;
}

/** What was measured in one step. */
export interface MetricPoint {
  /** Beginning of the step. */
  readonly at: string;
  /** How many measurements. */
  readonly count: number;
  /** Their sum; for a gauge the last value. */
  readonly value: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly min?: number;
  readonly max?: number;
}

/** One line of a chart. */
export interface LabelledSeries {
  /** Value of the label; empty when not grouped. `other` holds what is beyond the greatest twenty. */
  readonly label: string;
  /** All of the time range in one. */
  readonly total: MetricPoint;
  /** Ascending; steps in which nothing was measured are absent. */
  readonly points: readonly MetricPoint[];
}

/** A metric over time. */
export interface MetricSeries {
  readonly metric: string;
  readonly unit: string;
  readonly kind: MetricKind;
  readonly from: string;
  readonly to: string;
  readonly step_seconds: number;
  /** The label it is grouped by; absent when it is not. */
  readonly group_by?: string;
  readonly series: readonly LabelledSeries[];
  /** The same of the period of equal length before, where it was asked for; its times are its own. */
  readonly previous?: readonly LabelledSeries[];
}
