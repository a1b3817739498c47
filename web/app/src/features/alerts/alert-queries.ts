import type { AlertRuleRequest, EvenkeelClient } from "@evenkeel/sdk";
import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { readAnew } from "../../ui/read-anew.ts";

const refreshMilliseconds = 15_000;
const pageSize = 50;

/** What is known of alerts is old after a change. */
export async function refreshAlerts(queries: QueryClient): Promise<void> {
  await readAnew(queries, ["alerts"]);
}

/** All rules, and how each of them stands. */
export function rulesQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["alerts", "rules"],
    queryFn: ({ signal }) => client.alerts.rules(signal),
    refetchInterval: refreshMilliseconds,
  });
}

/** One rule. Not kept: a form made of what was known once would bring back what is no longer so. */
export function ruleQuery(client: EvenkeelClient, id: string) {
  return queryOptions({
    queryKey: ["alerts", "rule", id],
    queryFn: ({ signal }) => client.alerts.rule(id, signal),
    gcTime: 0,
    refetchInterval: refreshMilliseconds,
  });
}

/** What a rule would have done in the last seven days. */
export function previewQuery(client: EvenkeelClient, rule: AlertRuleRequest) {
  return queryOptions({
    queryKey: ["alerts", "preview", rule],
    queryFn: ({ signal }) => client.alerts.preview({ rule }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** Changes of state, newest first. */
export function changesQuery(client: EvenkeelClient, ruleId: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ["alerts", "changes", ruleId],
    queryFn: ({ pageParam, signal }) => client.alerts.changes(ruleId, { cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Silences that are or will be. */
export function silencesQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["alerts", "silences"],
    queryFn: ({ signal }) => client.alerts.silences(signal),
    refetchInterval: refreshMilliseconds,
  });
}

/** Where notifications go. */
export function receiversQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["alerts", "receivers"],
    queryFn: ({ signal }) => client.alerts.receivers(signal),
  });
}

/** What a rule can be about. */
export function metricsQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["analytics", "metrics"],
    queryFn: ({ signal }) => client.analytics.metrics(signal),
    staleTime: 300_000,
  });
}
