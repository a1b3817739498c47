import type { EvenkeelClient } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";

const refreshMilliseconds = 2_000;

/** The queue, looked at again and again while the page is in view. */
export function queueQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["queue"],
    queryFn: ({ signal }) => client.operations.queue(signal),
    staleTime: 0,
    refetchInterval: refreshMilliseconds,
  });
}
