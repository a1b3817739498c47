import type { EvenkeelClient } from "@evenkeel/sdk";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

const pageSize = 50;
// Others of the organization use credits too.
const refreshMilliseconds = 60_000;

/** Balance, plan and usage. */
export function creditsQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["credits", "status"],
    queryFn: ({ signal }) => client.credits.status(signal),
    refetchInterval: refreshMilliseconds,
  });
}

/** The ledger, newest first. */
export function entriesQuery(client: EvenkeelClient) {
  return infiniteQueryOptions({
    queryKey: ["credits", "entries"],
    queryFn: ({ pageParam, signal }) => client.credits.entries({ cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
}
