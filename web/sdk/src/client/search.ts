import type { HttpClient } from "../http/http-client.ts";
import type { SearchPage, SearchRebuild, SearchRequest, SearchResponse } from "../wire/search.ts";
import type { PageSpec } from "./knowledge-address.ts";

/** Finding events of the catalogue. */
export interface Search {
  /** The first page, with what was understood of the words, and a handle for the rest. */
  find(request: SearchRequest, signal?: AbortSignal): Promise<SearchResponse>;
  /** A further page; fails with `search_handle_expired` after an hour. */
  more(handle: string, page: PageSpec, signal?: AbortSignal): Promise<SearchPage>;
  /** How the index is; for owners and administrators. */
  index(signal?: AbortSignal): Promise<SearchRebuild>;
  /** Makes the index anew beside the one that is searched; does nothing while that is under way. */
  rebuild(): Promise<SearchRebuild>;
}

const rebuildPath = "/api/v1/search/rebuild";

/** Makes the search part of a client. */
export function createSearch(http: HttpClient): Search {
  return {
    find: (body, signal) => http.json({ method: "POST", path: "/api/v1/search", body, signal }),
    more: (handle, { cursor, limit }, signal) =>
      http.json({
        method: "GET",
        path: `/api/v1/search/${encodeURIComponent(handle)}`,
        query: { cursor, limit },
        signal,
      }),
    index: (signal) => http.json({ method: "GET", path: rebuildPath, signal }),
    rebuild: () => http.json({ method: "POST", path: rebuildPath }),
  };
}
