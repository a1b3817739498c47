import {
  type EvenkeelClient,
  EvenkeelError,
  type EventHit,
  type SearchRequest,
  type SearchResponse,
} from "@evenkeel/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

/** Results hold for an hour at the server; looking again sooner would only change their handle. */
const staleMilliseconds = 5 * 60_000;
/** As much as a month can show. */
const mostOfMonth = 500;

interface Cursor {
  handle: string;
  cursor: string;
}

interface Found {
  items: readonly EventHit[];
  next: Cursor | undefined;
  /** Of the first page only. */
  response: SearchResponse | undefined;
}

/** What fits, page by page. Further pages go by the handle of the first one. */
export function resultsQuery(client: EvenkeelClient, request: SearchRequest) {
  return infiniteQueryOptions({
    queryKey: ["search", "results", request],
    queryFn: ({ pageParam, signal }): Promise<Found> => findPage(client, request, pageParam, signal),
    initialPageParam: undefined as Cursor | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: staleMilliseconds,
    refetchOnWindowFocus: false,
  });
}

async function findPage(
  client: EvenkeelClient,
  request: SearchRequest,
  from: Cursor | undefined,
  signal: AbortSignal,
): Promise<Found> {
  if (from !== undefined) {
    const page = await client.search.more(from.handle, { cursor: from.cursor }, signal);
    return { items: page.items, next: cursorOf(from.handle, page.next_cursor), response: undefined };
  }
  const response = await client.search.find(request, signal);
  return { items: response.items, next: cursorOf(response.handle, response.next_cursor), response };
}

function cursorOf(handle: string, cursor: string | undefined): Cursor | undefined {
  return cursor === undefined ? undefined : { handle, cursor };
}

/** Whether the results are too old to be paged on. */
export function isExpired(error: unknown): boolean {
  return error instanceof EvenkeelError && error.code === "search_handle_expired";
}

/** What fits in a month, as far as a month can show it. */
export function monthQuery(client: EvenkeelClient, request: SearchRequest | undefined) {
  return queryOptions({
    queryKey: ["search", "month", request],
    queryFn: ({ signal }) => findAll(client, request ?? {}, signal),
    enabled: request !== undefined,
    placeholderData: keepPreviousData,
    staleTime: staleMilliseconds,
    refetchOnWindowFocus: false,
  });
}

async function findAll(client: EvenkeelClient, request: SearchRequest, signal: AbortSignal) {
  const response = await client.search.find(request, signal);
  const hits = [...response.items];
  let cursor = response.next_cursor;
  while (cursor !== undefined && hits.length < mostOfMonth) {
    const page = await client.search.more(response.handle, { cursor, limit: request.limit ?? 100 }, signal);
    hits.push(...page.items);
    cursor = page.next_cursor;
  }
  return { events: hits.map(({ event }) => event), isWhole: cursor === undefined, total: response.total };
}

/** A place that was chosen, for its name. */
export function placeQuery(client: EvenkeelClient, id: string) {
  return queryOptions({
    queryKey: ["catalogue", "location", id],
    queryFn: ({ signal }) => client.catalogue.location(id, signal),
    staleTime: staleMilliseconds,
  });
}
