import type { EvenkeelClient, TimelineEvent, TimelineFilter } from "@evenkeel/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

const pageSize = 50;
const liveMilliseconds = 5_000;
/** Beyond so many loaded pages a list is no longer looked at by itself: every look reads all of them. */
const mostLivePages = 4;
const sessionPageSize = 500;

/** Events of all sessions, newest first. */
export function timelineQuery(client: EvenkeelClient, filter: TimelineFilter, isLive: boolean) {
  return infiniteQueryOptions({
    queryKey: ["timeline", "all", filter],
    queryFn: ({ pageParam, signal }) => client.timeline.events(filter, { cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      isLive && (data?.pages.length ?? 0) <= mostLivePages ? liveMilliseconds : false,
  });
}

/** Everything recorded of a session so far, in order. */
export function sessionQuery(client: EvenkeelClient, sessionId: string) {
  return queryOptions({
    queryKey: ["timeline", "session", sessionId],
    queryFn: async ({ signal }) => {
      const all: TimelineEvent[] = [];
      for (;;) {
        const page = { afterSeq: all.at(-1)?.seq ?? 0, limit: sessionPageSize };
        const { items } = await client.timeline.sessionEvents(sessionId, page, signal);
        all.push(...items);
        if (items.length < sessionPageSize) return all;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** Event types there are, built in and registered. */
export function eventTypesQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["event-types"],
    queryFn: ({ signal }) => client.timeline.eventTypes(signal),
    staleTime: 60_000,
  });
}
