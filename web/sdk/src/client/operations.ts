import type { HttpClient } from "../http/http-client.ts";
import type { AuditEntry } from "../wire/access.ts";
import type { FeedbackValue } from "../wire/message.ts";
import type { HealthReport, Page, TurnStatus } from "../wire/rest.ts";
import type { QueueStatus, TurnRecord, TurnSummary } from "../wire/turns.ts";
import type { PageSpec } from "./knowledge-address.ts";

/** Which turns; times are ISO 8601. */
export interface TurnFilter {
  readonly status?: TurnStatus | undefined;
  /** `-` = none. */
  readonly errorCode?: string | undefined;
  /** The model that answered; `-` = none did. */
  readonly model?: string | undefined;
  readonly chatbotId?: string | undefined;
  readonly threadId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** What was said of the answer. */
  readonly feedback?: FeedbackValue | "any" | undefined;
  /** Sent at or after. */
  readonly from?: string | undefined;
  /** Sent before. */
  readonly to?: string | undefined;
  /** Not ended before; with `to`, what was open in a time. */
  readonly endedFrom?: string | undefined;
  /** Ended before. */
  readonly endedTo?: string | undefined;
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
          model: filter.model,
          chatbot_id: filter.chatbotId,
          thread_id: filter.threadId,
          correlation_id: filter.correlationId,
          feedback: filter.feedback,
          from: filter.from,
          to: filter.to,
          ended_from: filter.endedFrom,
          ended_to: filter.endedTo,
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
