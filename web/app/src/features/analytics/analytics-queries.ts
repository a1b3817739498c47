import type { EvenkeelClient, SeriesSpec } from "@evenkeel/sdk";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
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
  readonly filter?: { readonly label: string; readonly value: string };
}

/** A metric over the time that is looked at. */
export function seriesQuery(client: EvenkeelClient, source: Source, window: TimeWindow) {
  const spec = seriesSpec(source, window);
  return queryOptions({
    queryKey: ["analytics", "series", spec],
    queryFn: ({ signal }) => client.analytics.series(spec, signal),
    placeholderData: keepPreviousData,
    ...(window.range === "own" ? {} : { refetchInterval: refreshMilliseconds }),
  });
}

/** The same as the client library asks for it. */
export function seriesSpec({ metric, groupBy, filter }: Source, window: TimeWindow): SeriesSpec {
  return {
    metric,
    groupBy,
    filter,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    stepSeconds: window.stepSeconds,
    compare: window.isCompared,
  };
}
