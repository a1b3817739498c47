import type { EvenkeelClient } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";

/** Event types there are, built in and registered. */
export function eventTypesQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["event-types"],
    queryFn: ({ signal }) => client.timeline.eventTypes(signal),
    staleTime: 60_000,
  });
}
