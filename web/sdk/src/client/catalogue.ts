import type { HttpClient } from "../http/http-client.ts";
import { readJson } from "../http/send-request.ts";
import type { SendUpload } from "../http/send-upload.ts";
import type {
  CatalogueEvent,
  CatalogueImport,
  CatalogueLocation,
  ImportFormat,
  ImportReport,
  LocationKind,
  SaveEventRequest,
  SaveLocationRequest,
} from "../wire/catalogue.ts";
import type { Page } from "../wire/rest.ts";
import type { UploadOptions } from "./documents.ts";
import type { PageSpec } from "./knowledge-address.ts";

/** Which events of the catalogue. */
export interface EventFilter {
  /** Words of title or description. */
  readonly q?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly category?: string | undefined;
  readonly locationId?: string | undefined;
  readonly virtual?: boolean | undefined;
}

/** How a file is read. */
export interface ImportOptions extends UploadOptions {
  readonly format: ImportFormat;
  /** Only says what would happen. */
  readonly isDryRun: boolean;
  /** Of times that name none. */
  readonly timeZone?: string | undefined;
  /** Of a conference collection, whose events name none; absent = told by the name of the file. */
  readonly category?: string | undefined;
  /** Of CSV: which column is which member of an event. */
  readonly mapping?: Readonly<Record<string, string>> | undefined;
}

/** Events and places; changing them is for owners and administrators. */
export interface Catalogue {
  /** Soonest first. */
  events(filter?: EventFilter, page?: PageSpec, signal?: AbortSignal): Promise<Page<CatalogueEvent>>;
  event(id: string, signal?: AbortSignal): Promise<CatalogueEvent>;
  createEvent(event: SaveEventRequest): Promise<CatalogueEvent>;
  /** Replaces it: members that are absent are emptied. */
  saveEvent(id: string, event: SaveEventRequest): Promise<CatalogueEvent>;
  deleteEvent(id: string): Promise<void>;
  locations(
    filter?: { readonly q?: string | undefined; readonly kind?: LocationKind | undefined },
    page?: PageSpec,
    signal?: AbortSignal,
  ): Promise<Page<CatalogueLocation>>;
  location(id: string, signal?: AbortSignal): Promise<CatalogueLocation>;
  createLocation(location: SaveLocationRequest): Promise<CatalogueLocation>;
  /** Replaces it: members that are absent are emptied. */
  saveLocation(id: string, location: SaveLocationRequest): Promise<CatalogueLocation>;
  deleteLocation(id: string): Promise<void>;
  /** The others become aliases of this one, and their events happen here. */
  mergeLocations(id: string, others: readonly string[]): Promise<CatalogueLocation>;
  /** Reads a file of events; the same again changes nothing. */
  importEvents(file: { readonly name: string; readonly content: Blob }, options: ImportOptions): Promise<ImportReport>;
  /** Newest first. */
  imports(page?: PageSpec, signal?: AbortSignal): Promise<Page<CatalogueImport>>;
}

const eventPath = (id: string) => `/api/v1/events/${encodeURIComponent(id)}`;
const locationPath = (id: string) => `/api/v1/locations/${encodeURIComponent(id)}`;

/** Makes the catalogue part of a client. */
export function createCatalogue(http: HttpClient, sendUpload: SendUpload): Catalogue {
  return { ...eventsPart(http), ...locationsPart(http), ...importsPart(http, sendUpload) };
}

type EventsPart = Pick<Catalogue, "events" | "event" | "createEvent" | "saveEvent" | "deleteEvent">;

function eventsPart(http: HttpClient): EventsPart {
  return {
    events: ({ q, from, to, category, locationId, virtual } = {}, { cursor, limit } = {}, signal) =>
      http.json({
        method: "GET",
        path: "/api/v1/events",
        query: {
          q,
          from,
          to,
          category,
          location_id: locationId,
          virtual: virtual === undefined ? undefined : String(virtual),
          cursor,
          limit,
        },
        signal,
      }),
    event: (id, signal) => http.json({ method: "GET", path: eventPath(id), signal }),
    createEvent: (body) => http.json({ method: "POST", path: "/api/v1/events", body }),
    saveEvent: (id, body) => http.json({ method: "PUT", path: eventPath(id), body }),
    deleteEvent: async (id) => {
      await http.response({ method: "DELETE", path: eventPath(id) });
    },
  };
}

type LocationsPart = Pick<
  Catalogue,
  "locations" | "location" | "createLocation" | "saveLocation" | "deleteLocation" | "mergeLocations"
>;

function locationsPart(http: HttpClient): LocationsPart {
  return {
    locations: ({ q, kind } = {}, { cursor, limit } = {}, signal) =>
      http.json({ method: "GET", path: "/api/v1/locations", query: { q, kind, cursor, limit }, signal }),
    location: (id, signal) => http.json({ method: "GET", path: locationPath(id), signal }),
    createLocation: (body) => http.json({ method: "POST", path: "/api/v1/locations", body }),
    saveLocation: (id, body) => http.json({ method: "PUT", path: locationPath(id), body }),
    deleteLocation: async (id) => {
      await http.response({ method: "DELETE", path: locationPath(id) });
    },
    mergeLocations: (id, others) =>
      http.json({ method: "POST", path: `${locationPath(id)}/merge`, body: { location_ids: others } }),
  };
}

function importsPart(http: HttpClient, sendUpload: SendUpload): Pick<Catalogue, "importEvents" | "imports"> {
  return {
    importEvents: async (file, { format, isDryRun, timeZone, category, mapping, ...options }) => {
      const body = new FormData();
      body.append("file", file.content, file.name);
      const query = new URLSearchParams({ format, dry_run: String(isDryRun) });
      if (timeZone !== undefined) query.set("time_zone", timeZone);
      if (category !== undefined) query.set("category", category);
      if (mapping !== undefined) query.set("mapping", JSON.stringify(mapping));
      const spec = { path: `/api/v1/events/import?${query}`, body, ...options };
      return readJson(await http.authorized((token) => sendUpload(spec, token)));
    },
    imports: ({ cursor, limit } = {}, signal) =>
      http.json({ method: "GET", path: "/api/v1/events/imports", query: { cursor, limit }, signal }),
  };
}
