import type { EvenkeelClient, EventFilter, LocationKind } from "@evenkeel/sdk";
import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { readAnew } from "../../ui/read-anew.ts";

const pageSize = 50;
const mostSuggestions = 20;
/** The index is looked at so often while something happens to it, and otherwise. */
const busyMilliseconds = 1_000;
const idleMilliseconds = 15_000;

/** Everything known of the catalogue is old after a change, and so is what was found in it. */
export async function refreshCatalogue(queries: QueryClient): Promise<void> {
  await Promise.all([readAnew(queries, ["catalogue"]), readAnew(queries, ["search"])]);
}

/** Events, soonest first. */
export function eventsQuery(client: EvenkeelClient, filter: EventFilter) {
  return infiniteQueryOptions({
    queryKey: ["catalogue", "events", filter],
    queryFn: ({ pageParam, signal }) => client.catalogue.events(filter, { cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** One event. */
export function eventQuery(client: EvenkeelClient, id: string) {
  return queryOptions({
    queryKey: ["catalogue", "event", id],
    queryFn: ({ signal }) => client.catalogue.event(id, signal),
  });
}

/** Which places. */
export interface LocationFilter {
  q: string | undefined;
  kind: LocationKind | undefined;
}

/** Places by name. */
export function locationsQuery(client: EvenkeelClient, filter: LocationFilter) {
  return infiniteQueryOptions({
    queryKey: ["catalogue", "locations", filter],
    queryFn: ({ pageParam, signal }) =>
      client.catalogue.locations(filter, { cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** Places to choose from while words are typed. */
export function suggestionsQuery(client: EvenkeelClient, words: string) {
  return queryOptions({
    queryKey: ["catalogue", "suggestions", words],
    queryFn: ({ signal }) =>
      client.catalogue.locations({ q: words === "" ? undefined : words }, { limit: mostSuggestions }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** One place. */
export function locationQuery(client: EvenkeelClient, id: string) {
  return queryOptions({
    queryKey: ["catalogue", "location", id],
    queryFn: ({ signal }) => client.catalogue.location(id, signal),
  });
}

/** Imports there were, newest first. */
export function importsQuery(client: EvenkeelClient) {
  return infiniteQueryOptions({
    queryKey: ["catalogue", "imports"],
    queryFn: ({ pageParam, signal }) => client.catalogue.imports({ cursor: pageParam, limit: 10 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** The index that events are searched in. */
export function indexQuery(client: EvenkeelClient) {
  return queryOptions({
    queryKey: ["catalogue", "index"],
    queryFn: ({ signal }) => client.search.index(signal),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && (data.status === "running" || data.waiting > 0) ? busyMilliseconds : idleMilliseconds,
  });
}
