/** What a location is. */
export type LocationKind = "country" | "region" | "city" | "venue";

/** An event's place, with what contains it. */
export interface EventPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: LocationKind;
  readonly country?: string;
  readonly country_code?: string;
}

/** Something that happens at a time, at a place or online. */
export interface CatalogueEvent {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly starts_at: string;
  /** Exclusive; equal to `starts_at` where no end is known. */
  readonly ends_at: string;
  /** Without times of day: then `starts_on` and `ends_on` are what counts. */
  readonly all_day: boolean;
  readonly starts_on: string;
  /** The last day, inclusive. */
  readonly ends_on: string;
  readonly time_zone: string;
  readonly location?: EventPlace;
  readonly virtual: boolean;
  readonly url?: string;
  readonly categories: readonly string[];
  readonly languages: readonly string[];
  readonly created_at: string;
  readonly updated_at: string;
}

/** Body of `POST /api/v1/events` and `PUT /api/v1/events/{id}`. */
export interface SaveEventRequest {
  readonly title: string;
  readonly description?: string;
  /** A day, or a local time in `time_zone`. */
  readonly starts: string;
  readonly ends?: string;
  readonly time_zone?: string;
  readonly location_id?: string;
  readonly virtual?: boolean;
  readonly url?: string;
  readonly categories?: readonly string[];
  readonly languages?: readonly string[];
}

/** A place where events happen, or one that contains such places. */
export interface CatalogueLocation {
  readonly id: string;
  readonly name: string;
  readonly kind: LocationKind;
  readonly parent_id?: string;
  readonly parent_name?: string;
  readonly country_code?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly time_zone?: string;
  readonly aliases: readonly string[];
  readonly event_count: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Body of `POST /api/v1/locations` and `PUT /api/v1/locations/{id}`. */
export interface SaveLocationRequest {
  readonly name: string;
  readonly kind: LocationKind;
  readonly parent_id?: string;
  readonly country_code?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly time_zone?: string;
  readonly aliases?: readonly string[];
}

/** What a file of events is written in. */
export type ImportFormat = "json" | "conferences" | "csv" | "icalendar";

/** Why a row did not go in, or what was changed in it to make it fit. */
export interface ImportProblem {
  readonly line: number;
  readonly field?: string;
  readonly code: string;
  readonly message: string;
  /** The row went in all the same. */
  readonly is_warning: boolean;
}

/** What became of a row. */
export interface ImportChange {
  readonly line: number;
  readonly action: "create" | "update" | "remove";
  readonly key: string;
  readonly title: string;
  readonly fields: readonly string[];
}

/** What an import did, or would do. */
export interface ImportReport {
  readonly import_id?: string;
  readonly dry_run: boolean;
  readonly format: ImportFormat;
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Events that a calendar cancels, or does not repeat on any more. */
  readonly removed: number;
  readonly failed: number;
  readonly created_locations: number;
  readonly problems: readonly ImportProblem[];
  readonly changes: readonly ImportChange[];
}

/** An import that was made. */
export interface CatalogueImport {
  readonly id: string;
  /** Empty where the file had no name. */
  readonly file_name: string;
  readonly user_id: string;
  readonly created_at: string;
  readonly report: ImportReport;
}

/** Body of `POST /api/v1/search`. */
export interface SearchRequest {
  readonly query?: string;
  readonly location?: string;
  readonly location_ids?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly categories?: readonly string[];
  readonly countries?: readonly string[];
  readonly virtual?: boolean;
  readonly limit?: number;
  readonly time_zone?: string;
  readonly literal?: boolean;
}

/** Why an event fits; `all` where nothing was asked for. */
export type EventReason = "place" | "date" | "words" | "category" | "all";

/** An event that fits; `score` is 1 for the best. */
export interface EventHit {
  readonly event: CatalogueEvent;
  readonly score: number;
  readonly reason: EventReason;
}

/** A value and how many events have it. */
export interface FacetValue {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** How many events that fit have which value. */
export interface SearchFacets {
  readonly categories: readonly FacetValue[];
  readonly countries: readonly FacetValue[];
  /** Such as `2026-03`, in order. */
  readonly months: readonly FacetValue[];
  readonly virtual: readonly FacetValue[];
}

/** A part of a text, in UTF-16 units. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** A place that may have been meant. */
export interface PlaceSuggestion {
  readonly location_id?: string;
  readonly name: string;
  readonly country?: string;
}

/** A place that was named. */
export interface UnderstoodPlace {
  readonly text: string;
  readonly span: TextSpan;
  readonly location_id?: string;
  readonly name: string;
  readonly kind: LocationKind;
  readonly country?: string;
  readonly country_code?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly within_km?: number;
  readonly others: readonly PlaceSuggestion[];
}

/** A place that was named and is not known. */
export interface UnknownPlace {
  readonly text: string;
  readonly span: TextSpan;
  readonly suggestions: readonly PlaceSuggestion[];
}

/** Days, both inclusive; absent = open. */
export interface DateRange {
  readonly from?: string;
  readonly to?: string;
}

/** Days that were named. */
export interface UnderstoodDates extends DateRange {
  readonly text: string;
  readonly span: TextSpan;
  readonly otherwise?: DateRange;
}

/** What a text says of places, dates and the way of attending. */
export interface UnderstoodQuestion {
  /** What is left, without what was understood. */
  readonly query: string;
  readonly places: readonly UnderstoodPlace[];
  readonly unknown_places: readonly UnknownPlace[];
  readonly dates?: UnderstoodDates;
  readonly virtual?: boolean;
}

/** What was found. */
export interface SearchResponse {
  readonly handle: string;
  readonly expires_at: string;
  readonly total: number;
  readonly items: readonly EventHit[];
  readonly next_cursor?: string;
  readonly facets: SearchFacets;
  readonly understood: UnderstoodQuestion;
  readonly took_ms: number;
  readonly backend: string;
  readonly warnings: readonly string[];
}

/** A further page of what was found. */
export interface SearchPage {
  readonly items: readonly EventHit[];
  readonly next_cursor?: string;
}

/** An event that goes with an answer. */
export interface Recommendation {
  readonly event: CatalogueEvent;
  readonly reason: EventReason;
  readonly score: number;
  /** The number it is cited by in the answer; absent where the answer does not name it. */
  readonly index?: number;
}
