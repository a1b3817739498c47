import type { TurnStatus } from "./rest.ts";
import type { TimelineEvent } from "./timeline-event.ts";

/** A turn as operators see it: facts, never words. */
export interface TurnSummary {
  readonly id: string;
  readonly thread_id: string;
  readonly chatbot_id: string;
  readonly message_id: string;
  readonly correlation_id: string;
  readonly status: TurnStatus;
  readonly error_code?: string;
  readonly attempt: number;
  readonly worker_id?: string;
  readonly queued_at: string;
  readonly started_at?: string;
  readonly ended_at?: string;
  /** Kept beyond retention. */
  readonly is_pinned: boolean;
}

/** A turn with its timeline, in order of `seq`; no events once retention has removed them. */
export interface TurnRecord {
  readonly turn: TurnSummary;
  readonly events: readonly TimelineEvent[];
}

/** A worker process. */
export interface WorkerStatus {
  readonly id: string;
  readonly started_at: string;
  /** Its last heartbeat. */
  readonly seen_at: string;
  readonly running_turns: number;
  readonly is_alive: boolean;
}

/** The queue now. */
export interface QueueStatus {
  readonly queued: number;
  readonly running: number;
  /** Seconds the oldest queued turn has waited; 0 without one. */
  readonly oldest_queued_seconds: number;
  readonly failed_last_hour: number;
  /** Running turns that are not in their first attempt. */
  readonly retried: number;
  /** For operators. */
  readonly workers?: readonly WorkerStatus[];
}

/** What can be done to many turns at once. */
export type BulkAction = "delete_events" | "export_events" | "pin" | "unpin" | "retry_turns";

/** The filter of the list of turns. */
export interface BulkFilter {
  readonly status?: readonly TurnStatus[];
  readonly error_code?: string;
  readonly chatbot_id?: string;
  readonly thread_id?: string;
  readonly correlation_id?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Body of `POST /api/v1/admin/bulk`: either ids or a filter. */
export interface BulkRequest {
  readonly action: BulkAction;
  readonly turn_ids?: readonly string[];
  readonly filter?: BulkFilter;
  /** Count only. */
  readonly dry_run?: boolean;
  /** Refuse when more turns than this match now: what the preview said. */
  readonly expected_count?: number;
}

/** How a bulk operation stands. */
export interface BulkJob {
  /** Absent in a preview. */
  readonly id?: string;
  readonly action: BulkAction;
  readonly status: "preview" | "queued" | "running" | "done" | "failed" | "cancelled";
  readonly total: number;
  readonly done: number;
  /** Turns on which it could not be done, such as a retry of one that runs. */
  readonly skipped: number;
  readonly result_url?: string;
  readonly error_code?: string;
  readonly created_at?: string;
  readonly ended_at?: string;
}
