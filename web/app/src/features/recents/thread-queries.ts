import type { ChatThread, EvenkeelClient, Page } from "@evenkeel/sdk";
import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";

const pageSize = 30;
const runningRefreshMilliseconds = 3_000;
const calmRefreshMilliseconds = 30_000;

/** The recents list, newest first. Looks again soon while an answer runs somewhere, and rarely otherwise. */
export function recentsQuery(client: EvenkeelClient) {
  return infiniteQueryOptions({
    queryKey: ["threads"],
    queryFn: ({ pageParam, signal }) => client.threads.list({ cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state }) =>
      threadsOf(state.data).some((thread) => thread.running_turn_id !== undefined)
        ? runningRefreshMilliseconds
        : calmRefreshMilliseconds,
  });
}

/** One thread, which may be further down in the list than was loaded. */
export function threadQuery(client: EvenkeelClient, threadId: string) {
  return queryOptions({
    queryKey: ["thread", threadId],
    queryFn: ({ signal }) => client.threads.get(threadId, signal),
  });
}

type Recents = InfiniteData<Page<ChatThread>, unknown>;

/** All threads loaded so far, each once: a thread that moved up between two pages stands in both. */
export function threadsOf(data: Recents | undefined): readonly ChatThread[] {
  const byId = new Map((data?.pages ?? []).flatMap((page) => page.items).map((thread) => [thread.id, thread]));
  return [...byId.values()];
}

/** Changes one thread in the list, or takes it out when `change` gives nothing. */
export function changeThread(
  queries: QueryClient,
  threadId: string,
  change: (thread: ChatThread) => ChatThread | undefined,
): void {
  queries.setQueryData<Recents>(["threads"], (data) =>
    data === undefined
      ? undefined
      : {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.flatMap((thread) => (thread.id === threadId ? (change(thread) ?? []) : thread)),
          })),
        },
  );
}
