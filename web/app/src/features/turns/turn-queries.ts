import type { BulkJob, BulkRequest, EvenkeelClient, TurnFilter } from "@evenkeel/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

const pageSize = 50;
/** Lists that are live, and what is under way, are looked at so often. */
const liveMilliseconds = 5_000;
const busyMilliseconds = 1_000;
/** Beyond so many loaded pages a list is no longer looked at by itself: every look reads all of them. */
const mostLivePages = 4;

/** Turns, newest first. */
export function turnsQuery(client: EvenkeelClient, filter: TurnFilter, isLive: boolean) {
  return infiniteQueryOptions({
    queryKey: ["turns", "list", filter],
    queryFn: ({ pageParam, signal }) => client.operations.turns(filter, { cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      isLive && (data?.pages.length ?? 0) <= mostLivePages ? liveMilliseconds : false,
  });
}

/** One turn with its timeline; looked at again until it has ended. */
export function turnQuery(client: EvenkeelClient, id: string) {
  return queryOptions({
    queryKey: ["turns", "turn", id],
    queryFn: ({ signal }) => client.operations.turn(id, signal),
    refetchInterval: ({ state: { data } }) => (data?.turn.ended_at === undefined ? busyMilliseconds : false),
  });
}

/** What a bulk operation would be done to. */
export function previewQuery(client: EvenkeelClient, request: BulkRequest) {
  return queryOptions({
    queryKey: ["turns", "preview", request],
    queryFn: ({ signal }) => client.bulk.preview(request, signal),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Bulk operations there were, newest first; looked at often while one is under way. */
export function jobsQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["turns", "jobs"],
    queryFn: ({ signal }) => client.bulk.list({ limit: 5 }, signal),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isUnderWay) === true ? busyMilliseconds : false),
  });
}

/** Whether a bulk operation has not ended. */
export function isUnderWay({ status }: BulkJob): boolean {
  return status === "queued" || status === "running";
}
