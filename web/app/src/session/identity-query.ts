import type { EvenkeelClient } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";

/** Who is signed in. */
export function identityQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["identity"],
    queryFn: ({ signal }) => client.accounts.me(signal),
    staleTime: 300_000,
  });
}
