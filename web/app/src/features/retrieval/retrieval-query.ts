import type { Audience, EvenkeelClient } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";

/** What would be retrieved for a question. Documents change, so it is asked anew whenever somebody comes back to it. */
export function retrievalQuery(client: EvenkeelClient, chatbotId: string, question: string, audience: Audience) {
  return queryOptions({
    queryKey: ["retrieval", chatbotId, question, audience],
    queryFn: ({ signal }) => client.knowledge.tryQuestion(chatbotId, { question, audience }, signal),
    enabled: question !== "",
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}
