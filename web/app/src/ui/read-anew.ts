import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Has everything under a key read anew, because it has changed. What is being read for the first time may be from before the change, and invalidating lets
 * such a read stand: it is read once more when it has ended.
 */
export async function readAnew(queries: QueryClient, queryKey: QueryKey): Promise<void> {
  const first = new Set(
    queries
      .getQueryCache()
      .findAll({ queryKey, fetchStatus: "fetching" })
      .filter(({ state }) => state.data === undefined),
  );
  await queries.invalidateQueries({ queryKey });
  if (first.size > 0) await queries.invalidateQueries({ queryKey, predicate: (query) => first.has(query) });
}
