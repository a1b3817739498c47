import type { HttpClient } from "../http/http-client.ts";
import type { AuditEntry } from "../wire/access.ts";
import type { HealthReport, Page, TurnStatus } from "../wire/rest.ts";
import type { QueueStatus, TurnRecord, TurnSummary } from "../wire/turns.ts";
import type { PageSpec } from "./knowledge-address.ts";

/** Which turns; times are ISO 8601. */
export interface TurnFilter {
  readonly status?: TurnStatus | undefined;
  readonly errorCode?: string | undefined;
  readonly chatbotId?: string | undefined;
  readonly threadId?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** How the server is, and what it does; all but `health` is for owners and administrators. */
export interface Operations {
  /** Every part for owners and administrators, one word for others. A server that cannot work says so here too. */
  health(signal?: AbortSignal): Promise<HealthReport>;
  /** Turns of the organization, newest first. */
  turns(filter?: TurnFilter, page?: PageSpec, signal?: AbortSignal): Promise<Page<TurnSummary>>;
  /** One turn with its timeline. */
  turn(id: string, signal?: AbortSignal): Promise<TurnRecord>;
  /** The queue now. */
  queue(signal?: AbortSignal): Promise<QueueStatus>;
  /** What was done by whom, newest first. */
  audit(
    filter?: { readonly action?: string | undefined },
    page?: PageSpec,
    signal?: AbortSignal,
  ): Promise<Page<AuditEntry>>;
}

/** Makes the operations part of a client. */
export function createOperations(http: HttpClient): Operations {
  return {
    health: (signal) => http.json({ method: "GET", path: "/health/ready", answersWith: [503], signal }),
    turns: (filter = {}, { cursor, limit } = {}, signal) =>
      http.json({
        method: "GET",
        path: "/api/v1/admin/turns",
        query: {
          status: filter.status,
          error_code: filter.errorCode,
          chatbot_id: filter.chatbotId,
          thread_id: filter.threadId,
          correlation_id: filter.correlationId,
          from: filter.from,
          to: filter.to,
          cursor,
          limit,
        },
        signal,
      }),
    turn: (id, signal) => http.json({ method: "GET", path: `/api/v1/admin/turns/${encodeURIComponent(id)}`, signal }),
    queue: (signal) => http.json({ method: "GET", path: "/api/v1/admin/queue", signal }),
    audit: ({ action } = {}, { cursor, limit } = {}, signal) =>
      http.json({ method: "GET", path: "/api/v1/admin/audit", query: { action, cursor, limit }, signal }),
  };
}
