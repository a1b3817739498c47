import type { EvenkeelClient } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";

/** A passage never changes under its id: a new version of a document has new passages. */
export function passageQuery(client: EvenkeelClient, passageId: string) {
  return queryOptions({
    queryKey: ["passage", passageId],
    queryFn: ({ signal }) => client.passages.get(passageId, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
