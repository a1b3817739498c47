import type { CatalogueEvent, LocationKind } from "./catalogue.ts";
import type { Wire } from "./wire.ts";

/** Body of `POST /api/v1/search`. */
export type SearchRequest = Wire<"SearchRequest">;

/** Why an event fits; `all` where nothing was asked for. */
export type EventReason = "place" | "date" | "words" | "category" | "all";

/** An event that fits; `score` is 1 for the best. */
export type EventHit = Wire<"EventHit", { readonly event: CatalogueEvent }>;

/** A value and how many events have it. */
export type FacetValue = Wire<"FacetValue">;

/** How many events that fit have which value. */
export type SearchFacets = Wire<"SearchFacets">;

/** A part of a text, in UTF-16 units. */
export type TextSpan = Wire<"TextSpan">;

/** A place that may have been meant. */
export type PlaceSuggestion = Wire<"PlaceSuggestion", { readonly location_id?: string; readonly country?: string }>;

/** A place that was named. */
export type UnderstoodPlace = Wire<
  "UnderstoodPlace",
  { readonly kind: LocationKind; readonly others: readonly PlaceSuggestion[] }
>;

/** A place that was named and is not known. */
export type UnknownPlace = Wire<"UnknownPlace", { readonly suggestions: readonly PlaceSuggestion[] }>;

/** Days, both inclusive; absent = open. */
export type DateRange = Partial<Wire<"DateRange">>;

/** Days that were named. */
export type UnderstoodDates = Wire<"UnderstoodDates", { readonly otherwise?: DateRange }>;

/** What a text says of places, dates and the way of attending. */
export type UnderstoodQuestion = Wire<
  "UnderstoodQuestion",
  {
    readonly places: readonly UnderstoodPlace[];
    readonly unknown_places: readonly UnknownPlace[];
    readonly dates?: UnderstoodDates;
  }
>;

/** What was found. */
export type SearchResponse = Wire<
  "SearchResponse",
  { readonly items: readonly EventHit[]; readonly understood: UnderstoodQuestion }
>;

/** A further page of what was found. */
export type SearchPage = Wire<"SearchPage", { readonly items: readonly EventHit[]; readonly next_cursor?: string }>;

/** How the index of events is, and how far one being made anew. */
export type SearchRebuild = Wire<"SearchRebuild", { readonly status: "none" | "running" | "done" }>;

/** An event that goes with an answer. */
export type Recommendation = Wire<
  "Recommendation",
  {
    readonly event: CatalogueEvent;
    readonly reason: EventReason;
    /** The number it is cited by in the answer; absent where the answer does not name it. */
    readonly index?: number;
  }
>;
