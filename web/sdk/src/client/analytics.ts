import type { HttpClient } from "../http/http-client.ts";
import type { RequestSpec } from "../http/send-request.ts";
import type { MetricDescription, MetricSeries } from "../wire/analytics.ts";

/** A label of a metric and a value of it; an empty value = without one. */
export interface MetricLabel {
  readonly label: string;
  readonly value: string;
}

/** Which part of a metric. Times are ISO 8601. */
export interface SeriesSpec {
  readonly metric: string;
  readonly from: string;
  readonly to: string;
  /** Seconds from one point to the next. */
  readonly stepSeconds: number;
  readonly groupBy?: string | undefined;
  /** Labels and the values they must have, all of them. */
  readonly filters?: readonly MetricLabel[] | undefined;
  /** Whether the period before is wanted too. */
  readonly compare?: boolean | undefined;
}

/** What was measured; for owners and administrators. */
export interface Analytics {
  metrics(signal?: AbortSignal): Promise<readonly MetricDescription[]>;
  series(spec: SeriesSpec, signal?: AbortSignal): Promise<MetricSeries>;
  /** The points of a metric as a file. */
  export(spec: SeriesSpec, format: "csv" | "jsonl", signal?: AbortSignal): Promise<Blob>;
}

/** Makes the analytics part of a client. */
export function createAnalytics(http: HttpClient): Analytics {
  return {
    metrics: (signal) => http.json({ method: "GET", path: "/api/v1/admin/analytics/metrics", signal }),
    series: (spec, signal) =>
      http.json({ method: "GET", path: "/api/v1/admin/analytics/series", query: queryOf(spec), signal }),
    export: async (spec, format, signal) => {
      const query = { ...queryOf(spec), format };
      const path = "/api/v1/admin/analytics/export";
      return (await http.response({ method: "GET", path, query, accept: "*/*", signal })).blob();
    },
  };
}

function queryOf(spec: SeriesSpec): NonNullable<RequestSpec["query"]> {
  return {
    metric: spec.metric,
    from: spec.from,
    to: spec.to,
    step: spec.stepSeconds,
    group_by: spec.groupBy,
    filter: spec.filters?.map(({ label, value }) => `${label}:${value}`),
    compare: spec.compare === true ? "true" : undefined,
  };
}
