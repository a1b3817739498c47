import type { Chatbot, EvenkeelClient } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";

/** The organization's chatbots; the first one answers where none is named. */
export function chatbotsQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["chatbots"],
    queryFn: ({ signal }) => client.chatbots.list({ limit: 1 }, signal),
    staleTime: 60_000,
  });
}

/** All of the organization's chatbots, to choose one. */
export function allChatbotsQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["chatbots", "all"],
    queryFn: async ({ signal }) => {
      const all: Chatbot[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.chatbots.list({ cursor, limit: 100 }, signal);
        all.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor !== undefined);
      return all;
    },
    staleTime: 60_000,
  });
}
