import type { HttpClient } from "../http/http-client.ts";
import type { Page } from "../wire/rest.ts";
import type { BulkJob, BulkRequest } from "../wire/turns.ts";
import type { PageSpec } from "./knowledge-address.ts";

/** Operations on many turns at once; for owners and administrators. */
export interface Bulk {
  /** Counts what an operation would be done to, and does nothing. */
  preview(request: BulkRequest, signal?: AbortSignal): Promise<BulkJob>;
  /** Starts one in the background. */
  start(request: BulkRequest): Promise<BulkJob>;
  /** Newest first. */
  list(page?: PageSpec, signal?: AbortSignal): Promise<Page<BulkJob>>;
  get(id: string, signal?: AbortSignal): Promise<BulkJob>;
  /** Stops one; what is done stays done. */
  cancel(id: string): Promise<void>;
  /** The file that an export made. */
  result(job: BulkJob, signal?: AbortSignal): Promise<Blob>;
}

const path = "/api/v1/admin/bulk";
const jobPath = (id: string) => `${path}/${encodeURIComponent(id)}`;

/** Makes the part of a client for bulk operations. */
export function createBulk(http: HttpClient): Bulk {
  return {
    preview: (request, signal) => http.json({ method: "POST", path, body: { ...request, dry_run: true }, signal }),
    start: (request) => http.json({ method: "POST", path, body: request }),
    list: ({ cursor, limit } = {}, signal) => http.json({ method: "GET", path, query: { cursor, limit }, signal }),
    get: (id, signal) => http.json({ method: "GET", path: jobPath(id), signal }),
    cancel: async (id) => {
      await http.response({ method: "DELETE", path: jobPath(id) });
    },
    result: async ({ result_url: address = "" }, signal) =>
      (await http.response({ method: "GET", path: address, accept: "*/*", signal })).blob(),
  };
}
