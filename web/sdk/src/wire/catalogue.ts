import type { Wire } from "./wire.ts";

/** What a location is. */
export type LocationKind = "country" | "region" | "city" | "venue";

/** An event's place, with what contains it. */
export type EventPlace = Wire<"EventPlace", { readonly kind: LocationKind }>;

/** Something that happens at a time, at a place or online. */
export type CatalogueEvent = Wire<"CatalogueEvent", { readonly location?: EventPlace }>;

/** Body of `POST /api/v1/events` and `PUT /api/v1/events/{id}`. */
export type SaveEventRequest = Wire<"SaveEventRequest", { readonly title: string; readonly starts: string }>;

/** A place where events happen, or one that contains such places. */
export type CatalogueLocation = Wire<"Location", { readonly kind: LocationKind }>;

/** Body of `POST /api/v1/locations` and `PUT /api/v1/locations/{id}`. */
export type SaveLocationRequest = Wire<"SaveLocationRequest", { readonly name: string; readonly kind: LocationKind }>;

/** What a file of events is written in. */
export type ImportFormat = "json" | "conferences" | "csv" | "icalendar";

/** Why a row did not go in, or what was changed in it to make it fit. */
export type ImportProblem = Wire<"ImportProblem", { readonly field?: string }>;

/** What became of a row. */
export type ImportChange = Wire<"ImportChange", { readonly action: "create" | "update" | "remove" }>;

/** What an import did, or would do. */
export type ImportReport = Wire<
  "ImportReport",
  {
    readonly format: ImportFormat;
    readonly problems: readonly ImportProblem[];
    readonly changes: readonly ImportChange[];
  }
>;

/** An import that was made. */
export type CatalogueImport = Wire<"CatalogueImport", { readonly report: ImportReport }>;
