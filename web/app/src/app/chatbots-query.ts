import type { EvenkeelClient } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";

/** The organization's chatbots; the first one answers where none is named. */
export function chatbotsQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["chatbots"],
    queryFn: ({ signal }) => client.chatbots.list({ limit: 1 }, signal),
    staleTime: 60_000,
  });
}
