import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Has everything under a key read anew, because it has changed. A first read that is on its way is ended before: invalidating alone would let it stand,
 * and what it brings may be from before the change.
 */
export async function readAnew(queries: QueryClient, queryKey: QueryKey): Promise<void> {
  await queries.cancelQueries({ queryKey });
  await queries.invalidateQueries({ queryKey });
}
