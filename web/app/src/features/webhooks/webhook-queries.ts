import type { EvenkeelClient } from "@evenkeel/sdk";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

const refreshMilliseconds = 10_000;
const busyMilliseconds = 2_000;
const pageSize = 50;

/** Where events are sent to. */
export function webhooksQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["webhooks", "list"],
    queryFn: ({ signal }) => client.webhooks.list(signal),
    refetchInterval: refreshMilliseconds,
  });
}

/** What was sent, newest first; looked at often while something waits. */
export function deliveriesQuery(client: EvenkeelClient, id: string) {
  return infiniteQueryOptions({
    queryKey: ["webhooks", "deliveries", id],
    queryFn: ({ pageParam, signal }) => client.webhooks.deliveries(id, { cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state: { data } }) =>
      data?.pages[0]?.items.some(({ status }) => status === "waiting") === true
        ? busyMilliseconds
        : refreshMilliseconds,
  });
}

/** Event types there are, built in and registered. */
export function eventTypesQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["event-types"],
    queryFn: ({ signal }) => client.timeline.eventTypes(signal),
    staleTime: 60_000,
  });
}
