import type { EvenkeelClient, MetricLabel, MetricSeries, SeriesSpec } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";
import type { TimeWindow } from "./time-window.ts";

/** Where the time goes on, it is looked at so often. */
const refreshMilliseconds = 30_000;

/** What can be asked. */
export function metricsQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["analytics", "metrics"],
    queryFn: ({ signal }) => client.analytics.metrics(signal),
    staleTime: 300_000,
  });
}

/** Which values of a metric. */
export interface Source {
  readonly metric: string;
  readonly groupBy?: string;
  /** Labels and the values they must have, all of them. */
  readonly filters?: readonly MetricLabel[];
}

/** A metric over the time that is looked at. */
export function seriesQuery(client: EvenkeelClient, source: Source, window: TimeWindow) {
  const spec = seriesSpec(source, window);
  return queryOptions({
    queryKey: ["analytics", "series", spec] as const,
    queryFn: ({ signal }) => client.analytics.series(spec, signal),
    // What was shown goes on while the time moves; numbers of something else would be taken for these.
    placeholderData: (before: MetricSeries | undefined, query) =>
      isSameMeasure(query?.queryKey[2], spec) ? before : undefined,
    ...(window.range === "own" ? {} : { refetchInterval: refreshMilliseconds }),
  });
}

/** Whether two differ in nothing but their time. */
function isSameMeasure(one: SeriesSpec | undefined, other: SeriesSpec): boolean {
  const told = (spec: SeriesSpec | undefined) => JSON.stringify([spec?.metric, spec?.groupBy, spec?.filters]);
  return told(one) === told(other);
}

/** The same as the client library asks for it. */
export function seriesSpec({ metric, groupBy, filters }: Source, window: TimeWindow): SeriesSpec {
  return {
    metric,
    groupBy,
    filters,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    stepSeconds: window.stepSeconds,
    compare: window.isCompared,
  };
}
