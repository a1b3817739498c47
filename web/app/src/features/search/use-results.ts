import type { SearchRequest } from "@evenkeel/sdk";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../../session/client-context.ts";
import { isExpired, resultsQuery } from "./search-queries.ts";

/** What fits, and the way to more of it. Results that are too old to be paged on are searched again, which is said. */
export function useResults(request: SearchRequest) {
  const options = resultsQuery(useClient(), request);
  const query = useInfiniteQuery(options);
  const queries = useQueryClient();
  const [renewed, setRenewed] = useState<SearchRequest>();
  const more = async () => {
    const { error } = await query.fetchNextPage();
    if (!isExpired(error)) return;
    setRenewed(request);
    await queries.resetQueries({ queryKey: options.queryKey });
  };
  return { query, more, isRenewed: renewed === request };
}

export type Results = ReturnType<typeof useResults>;
