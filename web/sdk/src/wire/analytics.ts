import type { Wire } from "./wire.ts";

/** How a metric is measured. */
export type MetricKind = "sum" | "distribution" | "gauge";

/** What can be asked of analytics. */
export type MetricDescription = Wire<
  "MetricDescription",
  {
    readonly kind: MetricKind;
    /** Which list tells more about a point; absent where none does. */
    readonly behind?: "turns" | "timeline" | "queue";
  }
>;

/** What was measured in one step. */
export type MetricPoint = Wire<"MetricPoint">;

/** One line of a chart. */
export type LabelledSeries = Wire<"LabelledSeries">;

/** A metric over time. */
export type MetricSeries = Wire<"MetricSeries", { readonly kind: MetricKind }>;
