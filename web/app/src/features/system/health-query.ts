import type { EvenkeelClient } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";

/** The server itself looks this often. */
const refreshMilliseconds = 10_000;

/** How the server is, looked at again and again while the page is in view. */
export function healthQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["health"],
    queryFn: ({ signal }) => client.operations.health(signal),
    staleTime: 0,
    refetchInterval: refreshMilliseconds,
  });
}
